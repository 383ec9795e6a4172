/* unparse - from a tree back to text. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_UNPARSE_H
#define CEL_UNPARSE_H

#include "cel/ast.h"

/* Operator as written: "&&"; and its function name: "_&&_". */
const char *cel_op_text(enum cel_op op);
const char *cel_op_function(enum cel_op op);

/* Writes an expression in one normal layout; parsing it gives the same tree.
 * (For what the author wrote, cut node->span out of ast->text.) */
void cel_unparse(struct buf *out, const struct cel_node *node);

#endif
