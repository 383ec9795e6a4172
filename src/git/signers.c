/* SPDX-License-Identifier: Apache-2.0 */
#include "git/signers.h"

#include "base/sha256.h"
#include "git/space.h"

/* No public key is as large; one that is is not found. */
enum { KEY_MOST = 16384, FINGERPRINT = 43 };

static const char alphabet[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuv"
	"wxyz0123456789+/";

/* Decodes base64 (RFC 4648, section 4); false: it is not. */
static bool decode(unsigned char to[KEY_MOST], size_t *len, str text)
{
	uint32_t bits = 0;
	unsigned have = 0;

	*len = 0;
	while (text.len && text.ptr[text.len - 1] == '=')
		text.len--;
	for (size_t i = 0; i < text.len; i++) {
		const char *at = memchr(alphabet, text.ptr[i], 64);

		if (!at || *len == KEY_MOST)
			return false;
		bits = bits << 6 | (uint32_t)(at - alphabet);
		have += 6;
		if (have >= 8) {
			have -= 8;
			to[(*len)++] = (unsigned char)(bits >> have);
		}
	}
	return text.len > 0;
}

/* Is a key, in base64, the one of a fingerprint: SHA-256, in base64 itself? */
static bool is_key(str text, str fingerprint)
{
	unsigned char key[KEY_MOST];
	unsigned char sum[SHA256_RAW + 1] = {0};
	char made[FINGERPRINT];
	size_t len;

	if (!decode(key, &len, text))
		return false;
	sha256_of(sum, str_make((const char *)key, len));
	for (size_t i = 0; i < FINGERPRINT; i++) {
		size_t bit = i * 6;
		unsigned pair = (unsigned)sum[bit / 8] << 8 | sum[bit / 8 + 1];

		made[i] = alphabet[pair >> (10 - bit % 8) & 63];
	}
	return str_starts(fingerprint, STR("SHA256:")) &&
	       str_equal(str_slice(fingerprint, 7, fingerprint.len),
			 str_make(made, sizeof(made)));
}

/* Takes a word; blanks within quotes are part of it. */
static str take_word(str *line)
{
	size_t end = 0;
	bool quoted = false;
	str word;

	*line = space_trim(*line);
	while (end < line->len && (quoted || !space_is(line->ptr[end]))) {
		if (line->ptr[end] == '"')
			quoted = !quoted;
		end++;
	}
	word = str_slice(*line, 0, end);
	*line = str_slice(*line, end, line->len);
	return word;
}

/* Takes an option; commas within quotes are part of it. */
static str take_option(str *options)
{
	size_t end = 0;
	bool quoted = false;
	str option;

	while (end < options->len && (quoted || options->ptr[end] != ',')) {
		if (options->ptr[end] == '"')
			quoted = !quoted;
		end++;
	}
	option = str_slice(*options, 0, end);
	*options = str_slice(*options, end + 1, options->len);
	return option;
}

static bool is_key_type(str word)
{
	return str_starts(word, STR("ssh-")) ||
	       str_starts(word, STR("ecdsa-")) || str_starts(word, STR("sk-"));
}

static bool number(int *out, str digits)
{
	int64_t value;

	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
			return false;
	}
	if (!str_to_int64(&value, digits))
		return false;
	*out = (int)value;
	return true;
}

/* Reads YYYYMMDD, with HHMM and SS or without, and Z or not. */
static bool time_parse(struct instant *out, str text)
{
	struct civil civil = {0};
	int year;

	if (str_ends(text, STR("Z")))
		text.len--;
	if ((text.len != 8 && text.len != 12 && text.len != 14) ||
	    !number(&year, str_slice(text, 0, 4)) ||
	    !number(&civil.month, str_slice(text, 4, 6)) ||
	    !number(&civil.day, str_slice(text, 6, 8)) ||
	    (text.len > 8 &&
	     (!number(&civil.hour, str_slice(text, 8, 10)) ||
	      !number(&civil.minute, str_slice(text, 10, 12)))) ||
	    (text.len > 12 && !number(&civil.second, str_slice(text, 12, 14))))
		return false;
	civil.year = year;
	if (year < 1 || civil.month < 1 || civil.month > 12 || civil.day < 1 ||
	    civil.day > days_in_month(civil.year, civil.month) ||
	    civil.hour > 23 || civil.minute > 59 || civil.second > 59)
		return false;
	*out = instant_of(&civil, 0);
	return true;
}

/* The end that the options of a line give a key. */
static enum signer_end end_of(struct instant *end, str options)
{
	while (options.len) {
		str option = take_option(&options);
		str name = str_cut(&option, '=');

		if (!str_equal_nocase(name, STR("valid-before")))
			continue;
		if (option.len > 1 && option.ptr[0] == '"')
			option = str_slice(option, 1, option.len - 1);
		return time_parse(end, option) ? SIGNER_ENDS : SIGNER_UNKNOWN;
	}
	return SIGNER_ENDLESS;
}

enum signer_end signer_find(struct instant *end, str file, str fingerprint)
{
	enum signer_end found = SIGNER_UNKNOWN;

	while (file.len) {
		str line = space_trim(str_cut(&file, '\n'));
		str word, options = str_make("", 0);
		struct instant at = {0};
		enum signer_end kind;

		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		(void)take_word(&line);
		word = take_word(&line);
		if (!is_key_type(word)) {
			options = word;
			(void)take_word(&line);
		}
		if (!is_key(take_word(&line), fingerprint))
			continue;
		kind = end_of(&at, options);
		if (kind == SIGNER_ENDS &&
		    (found != SIGNER_ENDS || instant_compare(at, *end) > 0))
			*end = at;
		if (kind > found)
			found = kind;
	}
	return found;
}
