-- Sends the request in the file REQUEST, with one of the keys in the file KEYS, picked at random or IN_TURN, in the place
-- of @KEY@. Each key has KEY_CHARACTERS. Prints what came back as a line of JSON.
local KEY_CHARACTERS = tonumber(os.getenv("KEY_CHARACTERS"))
local IN_TURN = os.getenv("IN_TURN") == "yes"

local function contents(name)
	local file = assert(io.open(os.getenv(name), "rb"))
	local text = file:read("*a")
	file:close()
	return text
end

local keys, count, before, after
local sent = 0

function init()
	keys = contents("KEYS")
	count = #keys / KEY_CHARACTERS
	local text = contents("REQUEST")
	local from, to = text:find("@KEY@", 1, true)
	before, after = text:sub(1, (from or 1) - 1), text:sub((to or 0) + 1)
	if count <= 1 then
		local only = before .. keys .. after
		request = function() return only end
	end
end

function request()
	local at = IN_TURN and sent % count or math.random(count) - 1
	sent = sent + 1
	return before .. keys:sub(at * KEY_CHARACTERS + 1, (at + 1) * KEY_CHARACTERS) .. after
end

function done(summary, latency)
	local errors = summary.errors
	print(("RESULT {\"requests\":%d,\"micros\":%d,\"p50\":%d,\"p99\":%d,\"refused\":%d,\"failed\":%d}"):format(
		summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
		errors.connect + errors.read + errors.write + errors.timeout))
end
