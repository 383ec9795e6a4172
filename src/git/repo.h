/*
 * repo - a repository: found, checked for its owner and format, and opened.
 *
 * All of it is read by us: discovery takes a folder with `.git` (or a file
 * `.git` that points to one), walking up from the directory; a bare
 * repository only when it is named itself or by GIT_DIR, so that one that is
 * committed inside a work tree is never entered. The environment and the home
 * folder are handed in. No program is started, no `include` of a
 * configuration is followed.
 *
 * Errors are ERROR_GIT with a sentence: no repository, a foreign owner (with
 * the command that helps), a format that cannot be read (SHA-256, reftable,
 * an unknown extension), damage.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_REPO_H
#define GIT_REPO_H

#include "git/odb.h"

/* Values of the variables named; NULL: not set. */
struct repo_env {
	const char *git_dir;	     /* GIT_DIR */
	const char *work_tree;	     /* GIT_WORK_TREE */
	const char *index_file;	     /* GIT_INDEX_FILE */
	const char *objects;	     /* GIT_OBJECT_DIRECTORY */
	const char *alternates;	     /* GIT_ALTERNATE_OBJECT_DIRECTORIES */
	const char *common_dir;	     /* GIT_COMMON_DIR */
	const char *quarantine;	     /* GIT_QUARANTINE_PATH */
	const char *ceilings;	     /* GIT_CEILING_DIRECTORIES */
	const char *sudo_uid;	     /* SUDO_UID */
	const char *home;	     /* HOME */
	const char *xdg_config;	     /* XDG_CONFIG_HOME */
	const char *config_global;   /* GIT_CONFIG_GLOBAL */
	const char *config_system;   /* GIT_CONFIG_SYSTEM */
	const char *config_nosystem; /* GIT_CONFIG_NOSYSTEM */
	uint32_t user;		     /* geteuid(): who runs this */
};

/* What is so, for the report: facts that limit what can be said. */
struct repo_state {
	str git_dir;	/* absolute */
	str common_dir; /* of a linked worktree another, else git_dir */
	str work_tree;	/* absolute; absent in a bare repository */
	str prefix;	/* the directory below the work tree, with a final '/';
			   empty at its root */
	str index_file;
	str hooks_path; /* core.hooksPath as written, or absent */
	bool bare;
	bool linked;	  /* a linked worktree */
	bool quarantined; /* inside a pre-receive hook */
	bool shallow;	  /* history is cut at `boundary` */
	const struct oid *boundary;
	size_t boundary_count;
	bool partial; /* objects may be promised and absent */
	str promisor; /* the remote that promised, and its filter */
	str filter;
	str remote;	/* the URL of `origin`, or of the only remote; it may
			   hold a password: see git/remote.h */
	bool sparse;	/* core.sparseCheckout is on */
	bool replaced;	/* refs/replace exist; they are ignored here */
	bool grafted;	/* info/grafts exists; it is ignored here */
	bool including; /* a configuration has includes, which are not read */
};

struct repo;

/* Opens the repository that `directory` (absolute, or from the current
 * folder) lies in. Close with repo_close, after its snapshots and readers. */
MUST_USE bool repo_open(struct repo **out, const struct repo_env *env,
			const char *directory, const struct limits *limits,
			struct error *err);
void repo_close(struct repo *repo);

const struct repo_state *repo_state(const struct repo *repo);
const struct limits *repo_limits(const struct repo *repo);

/* The stores, to make a reader for each thread, and the reader of the thread
 * that opened it. */
const struct odb *repo_odb(const struct repo *repo);
struct odb_reader *repo_reader(struct repo *repo);

#endif
