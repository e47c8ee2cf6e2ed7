// Command introspect says what zitadel/oidc makes of keys: it reads one from each line, and writes a line of JSON about it.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"log"
	"os"

	"github.com/zitadel/oidc/v3/pkg/client/rs"
	"github.com/zitadel/oidc/v3/pkg/oidc"
)

type result struct {
	Active bool   `json:"active"`
	Sub    string `json:"sub"`
	Key    any    `json:"key"`
	Error  string `json:"error"`
}

func main() {
	ctx, server := context.Background(), os.Getenv("AUXVYN_SERVER")
	endpoints := rs.WithStaticEndpoints(server+"/oauth/token", server+"/oauth/introspect")
	id, secret := os.Getenv("AUXVYN_CLIENT_ID"), os.Getenv("AUXVYN_CLIENT_SECRET")
	backend, err := rs.NewResourceServerClientCredentials(ctx, server, id, secret, endpoints)
	if err != nil {
		log.Fatal(err)
	}
	output := json.NewEncoder(os.Stdout)
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var said result
		answer, err := rs.Introspect[*oidc.IntrospectionResponse](ctx, backend, lines.Text())
		if err != nil {
			said.Error = err.Error()
		} else {
			said = result{Active: answer.Active, Sub: answer.Subject, Key: answer.Claims["key"]}
		}
		if err := output.Encode(said); err != nil {
			log.Fatal(err)
		}
	}
}
