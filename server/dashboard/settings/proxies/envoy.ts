import type { Auxvyn } from "./index.ts";

const TLS = (hostname: string) => `
      transport_socket:
        name: envoy.transport_sockets.tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
          sni: ${hostname}
          auto_sni_san_validation: true
          common_tls_context:
            validation_context:
              trusted_ca: { filename: /etc/ssl/certs/ca-certificates.crt }`;

export function envoy({ origin, hostname, port, isTls, path }: Auxvyn): string {
	return `static_resources:
  listeners:
    - address: { socket_address: { address: 0.0.0.0, port_value: 443 } }
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: api
                use_remote_address: true
                http_protocol_options: { accept_http_10: true, default_host_for_http_10: api.example.com }
                upgrade_configs: [{ upgrade_type: websocket }]
                route_config:
                  virtual_hosts:
                    - name: api
                      domains: ["*"]
                      routes: [{ match: { prefix: / }, route: { cluster: api } }]
                http_filters:
                  - name: envoy.filters.http.header_mutation
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation
                      mutations:
                        request_mutations:
                          - remove_on_match:
                              key_matcher:
                                safe_regex: { regex: "x[-_]auxvyn[-_](workspace|key)[-_]id" }
                  - name: envoy.filters.http.ext_authz
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz
                      failure_mode_allow: false
                      status_on_error: { code: ServiceUnavailable }
                      allowed_headers:
                        patterns: [{ exact: x-api-key }, { prefix: x-auxvyn- }]
                      http_service:
                        server_uri: { uri: "${origin}", cluster: auxvyn, timeout: 5s }
                        path_override: "${path}"
                        authorization_response:
                          allowed_upstream_headers:
                            patterns: [{ exact: x-auxvyn-workspace-id }, { exact: x-auxvyn-key-id }]
                          allowed_client_headers:
                            patterns: [{ exact: www-authenticate }, { exact: content-type }]
                  - name: envoy.filters.http.rbac
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC
                      rules:
                        policies:
                          identified:
                            permissions: [{ header: { name: x-auxvyn-key-id, string_match: { prefix: key_ } } }]
                            principals: [{ any: true }]
                  - name: envoy.filters.http.router
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
          transport_socket:
            name: envoy.transport_sockets.tls
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
              common_tls_context:
                tls_certificates:
                  - certificate_chain: { filename: /etc/letsencrypt/live/api.example.com/fullchain.pem }
                    private_key: { filename: /etc/letsencrypt/live/api.example.com/privkey.pem }
  clusters:
    - name: api
      connect_timeout: 5s
      type: STATIC
      load_assignment:
        cluster_name: api
        endpoints:
          - lb_endpoints:
              - endpoint: { address: { socket_address: { address: 127.0.0.1, port_value: 3000 } } }
    - name: auxvyn
      connect_timeout: 5s
      type: STRICT_DNS
      typed_extension_protocol_options:
        envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
          "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
          explicit_http_config: { http_protocol_options: {} }
          http_filters:
            - name: envoy.filters.http.lua
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua
                default_source_code:
                  inline_string: |
                    function envoy_on_request(request)
                      request:headers():replace(":authority", "${hostname}")
                    end
            - name: envoy.filters.http.upstream_codec
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.http.upstream_codec.v3.UpstreamCodec
      load_assignment:
        cluster_name: auxvyn
        endpoints:
          - lb_endpoints:
              - endpoint: { address: { socket_address: { address: ${hostname}, port_value: ${port} } } }${isTls ? TLS(hostname) : ""}`;
}
