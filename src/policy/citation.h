/*
 * citation - a provision as a reader would write it.
 *
 *	gdpr:art-30-1-f		GDPR Art. 30(1)(f)
 *	iso27001:cl-7.5.2	ISO/IEC 27001 clause 7.5.2
 *	iso27701-2025:A.1.4.8	ISO/IEC 27701:2025 A.1.4.8
 *	nis2:art-21-2-b		NIS2 Art. 21(2)(b)
 *
 * Article, clause and ISO numbers are read from the shape of the name, so that
 * a framework that is added as data needs no code here. What has no such shape
 * stays as it is.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_CITATION_H
#define POLICY_CITATION_H

#include "base/buf.h"
#include "policy/rule.h"

/* Adds the words. They quote the name, which a pack of the repository may have
 * given: encode them. */
void citation_format(struct buf *to, const struct citation *citation);

#endif
