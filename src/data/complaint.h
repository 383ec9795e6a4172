/*
 * complaint - what libyaml complains of, in plain sentences.
 *
 * libyaml's texts are written for those who know its scanner. The table in
 * complaint.c says the same for those who know their file.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DATA_COMPLAINT_H
#define DATA_COMPLAINT_H

#include "base/error.h"

struct complaint {
	const char *problem; /* libyaml's text */
	size_t at;	     /* byte offset of the problem */
	size_t context;	     /* of what libyaml was reading, or SIZE_MAX */
};

/* Sets ERROR_SYNTAX at the place of the complaint. Returns false. */
bool complaint_tell(struct error *err, str text,
		    const struct complaint *complaint);

#endif
