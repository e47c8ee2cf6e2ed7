/** What triggers of several tables call. */
export const functions = `
-- 64 bits of a random UUID, without those that say its version and variant.
CREATE FUNCTION random_epoch() RETURNS bytea LANGUAGE sql VOLATILE AS $$
	SELECT substring(bytes FROM 10 FOR 7) || substring(bytes FROM 1 FOR 1)
	FROM (SELECT uuid_send(gen_random_uuid()) AS bytes) AS random
$$;

CREATE TABLE authentication_epoch (
	id bigint NOT NULL PRIMARY KEY CHECK (id = 1),
	-- Compared for equality only.
	value bytea NOT NULL CHECK (octet_length(value) = 8)
);
INSERT INTO authentication_epoch (id, value) VALUES (1, random_epoch());
CREATE FUNCTION renew_epoch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE authentication_epoch SET value = random_epoch();
	RETURN NULL;
END $$;

CREATE TABLE clock (
	id bigint NOT NULL PRIMARY KEY CHECK (id = 1),
	latest bigint NOT NULL,
	-- The greatest reading of a wall clock that was not believed, until a start has reported it.
	greatest_wall bigint
);
INSERT INTO clock (id, latest) VALUES (1, 0);
`;
