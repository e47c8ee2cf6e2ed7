const ROUNDS = 64;
const BLOCK_BYTES = 64;
const { band, bnot, bxor, rrotate, rshift } = bit32;

/** The first 32 bits of the fractional part of a root of each of the first primes. */
function fractions(root: number, count: number): number[] {
	const found: number[] = [];
	const primes: number[] = [];
	for (let candidate = 2; found.size() < count; candidate++) {
		if (primes.some((prime) => candidate % prime === 0)) continue;
		primes.push(candidate);
		const value = candidate ** (1 / root);
		found.push(math.floor((value - math.floor(value)) * 2 ** 32));
	}
	return found;
}

function schedule(block: string): number[] {
	const words: number[] = [];
	for (let at = 0; at < BLOCK_BYTES / 4; at++) words.push(string.unpack(">I4", block, at * 4 + 1)[0] as number);
	for (let at = words.size(); at < ROUNDS; at++) {
		const [late, early] = [words[at - 15] ?? 0, words[at - 2] ?? 0];
		const first = bxor(rrotate(late, 7), rrotate(late, 18), rshift(late, 3));
		const second = bxor(rrotate(early, 17), rrotate(early, 19), rshift(early, 10));
		words.push(((words[at - 16] ?? 0) + first + (words[at - 7] ?? 0) + second) % 2 ** 32);
	}
	return words;
}

/** SHA-256 (FIPS 180-4), in hexadecimal. */
export function sha256(text: string): string {
	const constants = fractions(3, ROUNDS);
	const zeros = (BLOCK_BYTES - ((text.size() + 9) % BLOCK_BYTES)) % BLOCK_BYTES;
	const padded = `${text}${string.char(0x80)}${string.rep("\0", zeros)}${string.pack(">I8", text.size() * 8)}`;
	let hash = fractions(2, 8);
	for (let from = 1; from < padded.size(); from += BLOCK_BYTES) {
		const words = schedule(padded.sub(from, from + BLOCK_BYTES - 1));
		let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
		for (let round = 0; round < ROUNDS; round++) {
			const choice = bxor(band(e, f), band(bnot(e), g));
			const mixed = h + bxor(rrotate(e, 6), rrotate(e, 11), rrotate(e, 25)) + choice;
			const first = mixed + (constants[round] ?? 0) + (words[round] ?? 0);
			const majority = bxor(band(a, b), band(a, c), band(b, c));
			const second = bxor(rrotate(a, 2), rrotate(a, 13), rrotate(a, 22)) + majority;
			[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) % 2 ** 32, c, b, a, (first + second) % 2 ** 32];
		}
		const added = [a, b, c, d, e, f, g, h];
		hash = hash.map((word, index) => (word + (added[index] ?? 0)) % 2 ** 32);
	}
	return hash.map((word) => string.format("%08x", word)).join("");
}
