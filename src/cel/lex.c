/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/lex.h"

#include "base/utf8.h"

static const char *const token_names[] = {
	[CEL_TOKEN_END] = "the end",
	[CEL_TOKEN_NAME] = "a name",
	[CEL_TOKEN_QUOTED] = "a name in back quotes",
	[CEL_TOKEN_INT] = "a number",
	[CEL_TOKEN_UINT] = "a number",
	[CEL_TOKEN_DOUBLE] = "a number",
	[CEL_TOKEN_STRING] = "a string",
	[CEL_TOKEN_BYTES] = "bytes",
	[CEL_TOKEN_IN] = "'in'",
	[CEL_TOKEN_EQ] = "'=='",
	[CEL_TOKEN_NE] = "'!='",
	[CEL_TOKEN_LT] = "'<'",
	[CEL_TOKEN_LE] = "'<='",
	[CEL_TOKEN_GT] = "'>'",
	[CEL_TOKEN_GE] = "'>='",
	[CEL_TOKEN_AND] = "'&&'",
	[CEL_TOKEN_OR] = "'||'",
	[CEL_TOKEN_DOT] = "'.'",
	[CEL_TOKEN_COMMA] = "','",
	[CEL_TOKEN_COLON] = "':'",
	[CEL_TOKEN_QUESTION] = "'?'",
	[CEL_TOKEN_NOT] = "'!'",
	[CEL_TOKEN_PLUS] = "'+'",
	[CEL_TOKEN_MINUS] = "'-'",
	[CEL_TOKEN_STAR] = "'*'",
	[CEL_TOKEN_SLASH] = "'/'",
	[CEL_TOKEN_PERCENT] = "'%'",
	[CEL_TOKEN_PAREN_OPEN] = "'('",
	[CEL_TOKEN_PAREN_CLOSE] = "')'",
	[CEL_TOKEN_BRACKET_OPEN] = "'['",
	[CEL_TOKEN_BRACKET_CLOSE] = "']'",
	[CEL_TOKEN_BRACE_OPEN] = "'{'",
	[CEL_TOKEN_BRACE_CLOSE] = "'}'",
};

const char *cel_token_name(enum cel_token_kind kind)
{
	return token_names[kind];
}

bool cel_is_reserved(str name)
{
	static const char *const words[] = {
		"as",	"break",     "const", "continue", "else",   "false",
		"for",	"function",  "if",    "import",	  "in",	    "let",
		"loop", "namespace", "null",  "package",  "return", "true",
		"var",	"void",	     "while",
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_is(name, words[i]))
			return true;
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_name(char c)
{
	return is_letter(c) || is_digit(c);
}

bool cel_is_bidi(uint32_t c)
{
	return c == 0x61c || c == 0x200e || c == 0x200f ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static struct span span_of(size_t start, size_t end)
{
	return (struct span){(uint32_t)start, (uint32_t)end};
}

bool cel_lexer_init(struct cel_lexer *lexer, str text, struct error *err)
{
	size_t i = 0;

	while (i < text.len) {
		size_t start = i;
		uint32_t c = utf8_next(text, &i);

		if (c == UTF8_BAD)
			return error_set_at(err, ERROR_SYNTAX,
					    span_of(start, start + 1),
					    "these bytes are not UTF-8");
		if (cel_is_bidi(c))
			return error_set_at(
				err, ERROR_SYNTAX, span_of(start, i),
				"the invisible character U+%04X changes the "
				"direction of text and is not allowed",
				(unsigned)c);
	}
	*lexer = (struct cel_lexer){.text = text};
	return true;
}

/* The byte at an offset, NUL behind the end. */
static char peek(const struct cel_lexer *lexer, size_t at)
{
	return at < lexer->text.len ? lexer->text.ptr[at] : '\0';
}

static void skip_space(struct cel_lexer *lexer)
{
	for (;;) {
		char c = peek(lexer, lexer->at);

		if (c == '/' && peek(lexer, lexer->at + 1) == '/')
			while (lexer->at < lexer->text.len &&
			       peek(lexer, lexer->at) != '\n')
				lexer->at++;
		else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' ||
			 c == '\f')
			lexer->at++;
		else
			return;
	}
}

static bool number_end(const struct cel_lexer *lexer, struct cel_token *out,
		       enum cel_token_kind kind, size_t at, struct error *err)
{
	*out = (struct cel_token){kind, span_of(lexer->at, at)};
	if (is_name(peek(lexer, at)))
		return error_set_at(err, ERROR_SYNTAX, span_of(at, at + 1),
				    "a number ends here, a name cannot follow "
				    "without a space");
	return true;
}

static bool read_number(const struct cel_lexer *lexer, struct cel_token *out,
			struct error *err)
{
	enum cel_token_kind kind = CEL_TOKEN_INT;
	size_t at = lexer->at;

	if (peek(lexer, at) == '0' && (peek(lexer, at + 1) | 0x20) == 'x') {
		size_t digits = at += 2;

		while (is_hex(peek(lexer, at)))
			at++;
		if (at == digits)
			return error_set_at(
				err, ERROR_SYNTAX, span_of(lexer->at, at),
				"hexadecimal digits must follow 0x");
	} else {
		while (is_digit(peek(lexer, at)))
			at++;
		if (peek(lexer, at) == '.' && is_digit(peek(lexer, at + 1))) {
			kind = CEL_TOKEN_DOUBLE;
			for (at++; is_digit(peek(lexer, at));)
				at++;
		}
		if ((peek(lexer, at) | 0x20) == 'e') {
			size_t sign = at + 1;

			if (peek(lexer, sign) == '+' ||
			    peek(lexer, sign) == '-')
				sign++;
			if (!is_digit(peek(lexer, sign)))
				return error_set_at(
					err, ERROR_SYNTAX, span_of(at, at + 1),
					"digits must follow the exponent");
			kind = CEL_TOKEN_DOUBLE;
			for (at = sign; is_digit(peek(lexer, at));)
				at++;
		}
	}
	if (kind == CEL_TOKEN_INT && (peek(lexer, at) | 0x20) == 'u') {
		kind = CEL_TOKEN_UINT;
		at++;
	}
	return number_end(lexer, out, kind, at, err);
}

/* A string from its prefix letters (r, b, rb, br) to its closing quote. */
static bool read_string(const struct cel_lexer *lexer, struct cel_token *out,
			struct error *err)
{
	enum cel_token_kind kind = CEL_TOKEN_STRING;
	size_t at = lexer->at;
	bool raw = false;
	bool triple;
	char quote;

	for (; is_letter(peek(lexer, at)); at++) {
		raw |= (peek(lexer, at) | 0x20) == 'r';
		if ((peek(lexer, at) | 0x20) == 'b')
			kind = CEL_TOKEN_BYTES;
	}
	quote = peek(lexer, at);
	triple = peek(lexer, at + 1) == quote && peek(lexer, at + 2) == quote;
	for (at += triple ? 3 : 1; at < lexer->text.len; at++) {
		char c = peek(lexer, at);

		if (c == '\\' && !raw)
			at++;
		else if (!triple && (c == '\n' || c == '\r'))
			return error_set_at(
				err, ERROR_SYNTAX, span_of(lexer->at, at),
				"the string is not closed on its line (%c%c%c "
				"begins one over several lines)",
				quote, quote, quote);
		else if (c == quote &&
			 (!triple || (peek(lexer, at + 1) == quote &&
				      peek(lexer, at + 2) == quote))) {
			*out = (struct cel_token){
				kind,
				span_of(lexer->at, at + (triple ? 3 : 1))};
			return true;
		}
	}
	return error_set_at(err, ERROR_SYNTAX,
			    span_of(lexer->at, lexer->text.len),
			    "the string is not closed");
}

static bool read_quoted(const struct cel_lexer *lexer, struct cel_token *out,
			struct error *err)
{
	size_t at = lexer->at + 1;

	for (;; at++) {
		char c = peek(lexer, at);

		if (c == '`' && at > lexer->at + 1)
			break;
		if (!is_name(c) && c != '.' && c != '-' && c != '/' && c != ' ')
			return error_set_at(
				err, ERROR_SYNTAX, span_of(lexer->at, at),
				"a name in back quotes holds letters, digits, "
				"_ . - / and spaces, then a back quote");
	}
	*out = (struct cel_token){CEL_TOKEN_QUOTED, span_of(lexer->at, at + 1)};
	return true;
}

/* Does a string begin at the lexer's place, perhaps with a prefix? */
static bool is_string_start(const struct cel_lexer *lexer)
{
	size_t at = lexer->at;
	bool raw = false;
	bool bytes = false;

	for (;; at++) {
		char c = (char)(peek(lexer, at) | 0x20);

		if (c == 'r' && !raw)
			raw = true;
		else if (c == 'b' && !bytes)
			bytes = true;
		else
			break;
	}
	return peek(lexer, at) == '"' || peek(lexer, at) == '\'';
}

static bool read_sign(const struct cel_lexer *lexer, struct cel_token *out,
		      struct error *err)
{
	static const struct {
		char text[3];
		enum cel_token_kind kind;
	} signs[] = {
		{"==", CEL_TOKEN_EQ},	       {"!=", CEL_TOKEN_NE},
		{"<=", CEL_TOKEN_LE},	       {">=", CEL_TOKEN_GE},
		{"&&", CEL_TOKEN_AND},	       {"||", CEL_TOKEN_OR},
		{"<", CEL_TOKEN_LT},	       {">", CEL_TOKEN_GT},
		{".", CEL_TOKEN_DOT},	       {",", CEL_TOKEN_COMMA},
		{":", CEL_TOKEN_COLON},	       {"?", CEL_TOKEN_QUESTION},
		{"!", CEL_TOKEN_NOT},	       {"+", CEL_TOKEN_PLUS},
		{"-", CEL_TOKEN_MINUS},	       {"*", CEL_TOKEN_STAR},
		{"/", CEL_TOKEN_SLASH},	       {"%", CEL_TOKEN_PERCENT},
		{"(", CEL_TOKEN_PAREN_OPEN},   {")", CEL_TOKEN_PAREN_CLOSE},
		{"[", CEL_TOKEN_BRACKET_OPEN}, {"]", CEL_TOKEN_BRACKET_CLOSE},
		{"{", CEL_TOKEN_BRACE_OPEN},   {"}", CEL_TOKEN_BRACE_CLOSE},
	};
	str rest = str_slice(lexer->text, lexer->at, lexer->text.len);
	const char *hint = "";
	size_t end = lexer->at;
	uint32_t c;

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (str_starts(rest, str_of(signs[i].text))) {
			*out = (struct cel_token){
				signs[i].kind,
				span_of(lexer->at,
					lexer->at + strlen(signs[i].text))};
			return true;
		}
	c = utf8_next(lexer->text, &end);
	if (c == '=')
		hint = "; '==' compares";
	else if (c == '&' || c == '|')
		hint = c == '&' ? "; '&&' means and" : "; '||' means or";
	else if (c >= 0x80)
		hint = "; names are ASCII";
	return error_set_at(err, ERROR_SYNTAX, span_of(lexer->at, end),
			    "the character U+%04X has no meaning here%s",
			    (unsigned)c, hint);
}

static bool read_name(const struct cel_lexer *lexer, struct cel_token *out)
{
	size_t at = lexer->at;
	str name;

	while (is_name(peek(lexer, at)))
		at++;
	name = str_slice(lexer->text, lexer->at, at);
	*out = (struct cel_token){str_is(name, "in") ? CEL_TOKEN_IN
						     : CEL_TOKEN_NAME,
				  span_of(lexer->at, at)};
	return true;
}

bool cel_lexer_next(struct cel_lexer *lexer, struct cel_token *out,
		    struct error *err)
{
	bool done;
	char c;

	skip_space(lexer);
	if (lexer->at >= lexer->text.len) {
		*out = (struct cel_token){CEL_TOKEN_END,
					  span_of(lexer->at, lexer->at)};
		return true;
	}
	c = peek(lexer, lexer->at);
	if (is_string_start(lexer))
		done = read_string(lexer, out, err);
	else if (is_letter(c))
		done = read_name(lexer, out);
	else if (is_digit(c) ||
		 (c == '.' && is_digit(peek(lexer, lexer->at + 1))))
		done = read_number(lexer, out, err);
	else if (c == '`')
		done = read_quoted(lexer, out, err);
	else
		done = read_sign(lexer, out, err);
	if (done)
		lexer->at = out->span.end;
	return done;
}
