/*
 * signature - what git says of the signatures of commits.
 *
 * That a commit holds a signature is in its bytes; whether it is good is for
 * git and the programs it asks (ssh-keygen, gpg, gpgsm), started only here and
 * only when somebody asks for it. git gets an environment of its own: no
 * configuration of the user or the system, no replacements, no transport, the
 * verifying programs by their plain names whatever the repository's own
 * configuration says, and the signers from the file that is handed in, which
 * has to come from a revision that is trusted.
 *
 * "Good" means that the holder of a key approved these bytes. It proves no
 * time: see `backdating`. Nor is the signer the committer: see `other`.
 *
 * Source: gitformat-signature(5), git-log(1) on %G?.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_SIGNATURE_H
#define GIT_SIGNATURE_H

#include "git/commit_facts.h"
#include "git/repo.h"

/* git's letters. */
enum signature_verdict {
	SIGNATURE_GOOD = 'G',
	SIGNATURE_UNTRUSTED = 'U', /* good, by a key nobody here vouches for;
				      also an SSH key out of its time */
	SIGNATURE_BAD = 'B',
	SIGNATURE_EXPIRED = 'X',     /* good, and expired */
	SIGNATURE_KEY_EXPIRED = 'Y', /* good, by a key that is expired now */
	SIGNATURE_KEY_REVOKED = 'R',
	SIGNATURE_UNCHECKED = 'E', /* it cannot be checked: no key, no program
				    */
	SIGNATURE_ABSENT = 'N',
};

struct signature_check {
	enum signature_verdict verdict;
	str signer; /* SSH: the principal; PGP: the user id; may be empty */
	str key;
	str fingerprint;
	/* The key has an end, and it is past or not known: a commit made later
	 * and dated back before that end would pass all the same. */
	bool backdating;
	/* That end is known, and past. */
	bool ended;
	struct instant end;
	/* The signer's address is not the committer's, before or after the
	 * mailmap. Only said of a signer that is known. */
	bool other;
};

struct signature_plan {
	const struct commit_facts *const *commits;
	size_t count;
	/* The trusted allowed_signers: its text, and the absolute path of a
	 * file that holds the same; absent and NULL: none. */
	str signers;
	const char *signers_path;
	const char *revoked_path; /* of a file of revoked SSH keys, or NULL */
	const char *keyring;	  /* GNUPGHOME; NULL: no PGP key is known */
	const char *path;	  /* where git is looked for, as PATH */
	/* Where the objects are, when a hook says so; NULL: as git finds them.
	 */
	const struct repo_env *env;
	struct instant now;
	unsigned seconds; /* for all of them together */
};

/* One check for each commit, in their order, in the arena. ERROR_IO, ERROR_GIT:
 * git cannot be started, failed, or did not answer for each commit: then no
 * signature is known to be good. */
MUST_USE bool signatures_verify(const struct signature_check **out,
				struct repo *repo,
				const struct signature_plan *plan,
				struct arena *arena, struct error *err);

#endif
