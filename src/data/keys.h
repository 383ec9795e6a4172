/*
 * keys - the order of keys, to find equal ones among many.
 *
 * Not by a hash table: whoever writes the keys can make their hashes equal.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DATA_KEYS_H
#define DATA_KEYS_H

#include "data/node.h"

/* Sorts pointers to nodes by hash, then by text; equal ones keep their order.
 * n log n; `room` holds as many. */
void keys_sort(const struct node **nodes, const struct node **room,
	       size_t count);

/* The same order for two nodes. */
int keys_compare(const struct node *a, const struct node *b);

#endif
