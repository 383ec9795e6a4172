/* SPDX-License-Identifier: Apache-2.0 */
#include "git/config.h"

#include "base/sys.h"

void config_init(struct config *config)
{
	*config = (struct config){0};
	arena_init(&config->arena);
}

void config_done(struct config *config)
{
	vec_done(&config->values);
	arena_done(&config->arena);
}

/* The bytes of a file being read, line by line. */
struct reading {
	struct config *config;
	str bytes;
	size_t at;
	size_t line;
	str section; /* with its final dot; absent before the first */
};

static int peek(const struct reading *reading)
{
	return reading->at < reading->bytes.len
		       ? (unsigned char)reading->bytes.ptr[reading->at]
		       : -1;
}

static int take(struct reading *reading)
{
	int byte = peek(reading);

	if (byte != -1)
		reading->at++;
	if (byte == '\n')
		reading->line++;
	return byte;
}

static bool odd(const struct reading *reading, struct error *err)
{
	return error_set(err, ERROR_GIT, "line %zu is not understood",
			 reading->line);
}

static bool is_name(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static char lower(int c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static void skip_blanks(struct reading *reading)
{
	while (peek(reading) == ' ' || peek(reading) == '\t' ||
	       peek(reading) == '\r')
		(void)take(reading);
}

static void skip_line(struct reading *reading)
{
	while (peek(reading) != -1 && take(reading) != '\n')
		;
}

/* Reads [name] or [name "sub section"]. */
static bool section_read(struct reading *reading, struct error *err)
{
	struct buf name;
	bool done = false;

	buf_init(&name, reading->bytes.len + 2);
	while (is_name(peek(reading)))
		buf_byte(&name, lower(take(reading)));
	skip_blanks(reading);
	if (peek(reading) == '"') {
		int c;

		(void)take(reading);
		buf_byte(&name, '.');
		while ((c = take(reading)) != '"' && c != -1 && c != '\n') {
			if (c == '\\')
				c = take(reading);
			if (c == -1 || c == '\n')
				break;
			buf_byte(&name, (char)c);
		}
	}
	if (take(reading) == ']' && name.len) {
		buf_byte(&name, '.');
		reading->section =
			str_keep(&reading->config->arena, buf_str(&name));
		done = true;
	}
	buf_done(&name);
	return done ? true : odd(reading, err);
}

/* One byte of a value after a backslash; -1: no such escape. */
static int escaped(int c)
{
	switch (c) {
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case 'b':
		return '\b';
	case '\\':
	case '"':
		return c;
	default:
		return -1;
	}
}

/* Reads a value to the end of its line; blanks at its end do not count. */
static bool value_read(struct reading *reading, struct buf *to,
		       struct error *err)
{
	bool quoted = false;
	size_t whole = 0; /* how much is more than blanks */

	for (;;) {
		int c = take(reading);

		if (c == -1 || c == '\n')
			break;
		if (!quoted && (c == '#' || c == ';')) {
			skip_line(reading);
			break;
		}
		if (c == '"') {
			quoted = !quoted;
			whole = to->len;
			continue;
		}
		if (c == '\r' && (peek(reading) == '\n'))
			continue;
		if (c == '\\') {
			c = take(reading);
			if (c == '\r' && peek(reading) == '\n')
				c = take(reading);
			if (c == '\n')
				continue;
			c = escaped(c);
			if (c == -1)
				return odd(reading, err);
			buf_byte(to, (char)c);
			whole = to->len;
			continue;
		}
		buf_byte(to, (char)c);
		if (quoted || (c != ' ' && c != '\t'))
			whole = to->len;
	}
	to->len = whole;
	return quoted ? odd(reading, err) : true;
}

static void keep(struct reading *reading, str name, str value)
{
	struct config *config = reading->config;
	str key = str_format(&config->arena, STR_FMT STR_FMT,
			     STR_ARG(reading->section), STR_ARG(name));

	*vec_push(&config->values) =
		(struct config_value){key, str_keep(&config->arena, value)};
	if (str_is(key, "include.path") ||
	    (str_starts(key, STR("includeif.")) && str_is(name, "path")))
		config->including = true;
}

static bool setting_read(struct reading *reading, struct error *err)
{
	struct buf name, value;
	bool done;

	buf_init(&name, reading->bytes.len + 1);
	buf_init(&value, reading->bytes.len + 1);
	while (is_name(peek(reading)) && peek(reading) != '.')
		buf_byte(&name, lower(take(reading)));
	skip_blanks(reading);
	if (!reading->section.ptr || name.len == 0) {
		done = odd(reading, err);
	} else if (peek(reading) == '=') {
		(void)take(reading);
		skip_blanks(reading);
		done = value_read(reading, &value, err);
		if (done)
			keep(reading, buf_str(&name), buf_str(&value));
	} else if (peek(reading) == '\n' || peek(reading) == -1 ||
		   peek(reading) == '#' || peek(reading) == ';') {
		keep(reading, buf_str(&name), str_make(NULL, 0));
		done = true;
	} else {
		done = odd(reading, err);
	}
	buf_done(&name);
	buf_done(&value);
	return done;
}

bool config_parse(struct config *config, str bytes, struct error *err)
{
	struct reading reading = {.config = config, .bytes = bytes, .line = 1};

	if (str_find_byte(bytes, '\0') != SIZE_MAX)
		return error_set(err, ERROR_GIT, "it holds a NUL");
	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		reading.at = 3;
	for (;;) {
		int c;

		skip_blanks(&reading);
		c = peek(&reading);
		if (c == -1)
			return true;
		if (c == '\n') {
			(void)take(&reading);
		} else if (c == '#' || c == ';') {
			skip_line(&reading);
		} else if (c == '[') {
			(void)take(&reading);
			if (!section_read(&reading, err))
				return false;
		} else if (!setting_read(&reading, err)) {
			return false;
		}
	}
}

bool config_add_file(struct config *config, const char *path,
		     const struct limits *limits, struct error *err)
{
	struct buf bytes;
	bool done;
	str real;

	if (sys_kind_of(SYS_HERE, path) == SYS_ABSENT)
		return true;
	/* People keep their dot files elsewhere and link to them. */
	if (!sys_real_path(&real, path, &config->arena, err))
		return false;
	buf_init(&bytes, limits->git_file_size);
	done = sys_read_file(&bytes, SYS_HERE, real.ptr, err);
	if (done && !config_parse(config, buf_str(&bytes), err))
		done = error_prefix(err, "%s", path);
	buf_done(&bytes);
	return done;
}

const struct config_value *config_find(const struct config *config, str key)
{
	for (size_t i = config->values.count; i > 0; i--) {
		if (str_equal(config->values.at[i - 1].key, key))
			return &config->values.at[i - 1];
	}
	return NULL;
}

bool config_truth_of(bool *out, str value)
{
	int64_t number;

	if (!value.ptr || str_equal_nocase(value, STR("true")) ||
	    str_equal_nocase(value, STR("yes")) ||
	    str_equal_nocase(value, STR("on")))
		*out = true;
	else if (value.len == 0 || str_equal_nocase(value, STR("false")) ||
		 str_equal_nocase(value, STR("no")) ||
		 str_equal_nocase(value, STR("off")))
		*out = false;
	else if (str_to_int64(&number, value))
		*out = number != 0;
	else
		return false;
	return true;
}

bool config_truth(bool *out, const struct config *config, str key, bool missing,
		  struct error *err)
{
	const struct config_value *value = config_find(config, key);

	if (!value) {
		*out = missing;
		return true;
	}
	if (config_truth_of(out, value->value))
		return true;
	return error_set(err, ERROR_GIT,
			 "the configuration's " STR_FMT
			 " is neither true nor false",
			 STR_ARG(key));
}
