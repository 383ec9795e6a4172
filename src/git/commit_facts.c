/* SPDX-License-Identifier: Apache-2.0 */
#include "git/commit_facts.h"

#include "git/charset.h"
#include "git/space.h"

static enum signature signature_of(const struct commit *commit)
{
	static const struct {
		const char *line;
		enum signature signature;
	} kinds[] = {
		{"-----BEGIN SSH SIGNATURE-----", SIGNATURE_SSH},
		{"-----BEGIN PGP SIGNATURE-----", SIGNATURE_PGP},
		{"-----BEGIN PGP MESSAGE-----", SIGNATURE_PGP},
		{"-----BEGIN SIGNED MESSAGE-----", SIGNATURE_X509},
	};

	if (!commit->has_signature)
		return SIGNATURE_NONE;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (str_is(space_trim(commit->signature), kinds[i].line))
			return kinds[i].signature;
	}
	return SIGNATURE_OTHER;
}

/* How a text is read, and whether all of it could be. */
struct reading {
	enum charset charset;
	bool lossy;
	const struct mailmap *mailmap;
	struct arena *arena;
};

static str decode(struct reading *reading, str text)
{
	return charset_decode(reading->charset, text, &reading->lossy,
			      reading->arena);
}

/* Names are put into UTF-8 before they are looked up, as git does it; those of
 * the mailmap have to be UTF-8 themselves. */
static struct identity proper(struct reading *reading,
			      const struct ident *ident)
{
	struct identity identity = {
		.name = decode(reading, ident->name),
		.email = decode(reading, ident->email),
	};

	identity = mailmap_find(reading->mailmap, identity);
	identity.name = charset_decode(CHARSET_UTF_8, identity.name,
				       &reading->lossy, reading->arena);
	identity.email = charset_decode(CHARSET_UTF_8, identity.email,
					&reading->lossy, reading->arena);
	return identity;
}

/* The first line that says something. */
static str subject_of(str message)
{
	return space_trim(str_slice(space_trim(message), 0,
				    str_find_byte(space_trim(message), '\n')));
}

bool commit_facts_of(struct commit_facts *out, const struct oid *oid, str bytes,
		     const struct mailmap *mailmap, struct arena *arena,
		     struct error *err)
{
	struct reading reading = {.mailmap = mailmap, .arena = arena};
	struct commit commit;
	str shown;

	if (!commit_parse(&commit, bytes, arena, err))
		return false;
	reading.charset = charset_find(commit.encoding);
	*out = (struct commit_facts){
		.oid = *oid,
		.tree = commit.tree,
		.parents = commit.parents,
		.parent_count = commit.parents_count,
		.author = commit.author,
		.committer = commit.committer,
		.author_is = proper(&reading, &commit.author),
		.committer_is = proper(&reading, &commit.committer),
		.when = commit.committer.when,
		.author_when = commit.author.when,
		.message = decode(&reading, commit.message),
		.signature = signature_of(&commit),
		.malformed = commit.malformed,
	};
	/* git shows nothing that stands behind a NUL: nobody has read it. */
	shown = str_slice(out->message, 0, str_find_byte(out->message, '\0'));
	out->subject = subject_of(shown);
	out->trailers = trailers_parse(&out->trailer_count, shown, arena);
	if (!out->malformed && reading.lossy)
		out->malformed = "its text is not in the encoding it says";
	return true;
}

bool commit_facts_read(struct commit_facts *out, struct odb_reader *reader,
		       const struct oid *oid, const struct mailmap *mailmap,
		       struct arena *arena, struct error *err)
{
	struct object object;
	struct buf bytes;
	char hex[OID_HEX];
	bool done;

	buf_init(&bytes, SIZE_MAX / 4);
	done = odb_read(&object, reader, oid, OBJECT_COMMIT, &bytes, err);
	if (done && !commit_facts_of(out, oid, str_keep(arena, object.bytes),
				     mailmap, arena, err)) {
		oid_format(hex, oid);
		done = error_prefix(err, "repository damaged: commit %.*s",
				    OID_HEX, hex);
	}
	buf_done(&bytes);
	return done;
}
