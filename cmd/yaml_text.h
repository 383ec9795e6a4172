/* yaml_text - a tree as YAML that people read. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_YAML_TEXT_H
#define CMD_YAML_TEXT_H

#include "base/buf.h"
#include "data/node.h"

/* Adds a map or list in block style, short parts of it on one line. Strings
 * may hold anything: encode what comes out. */
void yaml_write(struct buf *out, const struct node *node);

/* Adds a value on one line. */
void yaml_write_line(struct buf *out, const struct node *node);

#endif
