/* step - what a x_next() says: an item, the end, or an error that is set. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_STEP_H
#define BASE_STEP_H

enum step { STEP_ITEM, STEP_END, STEP_FAILED };

#endif
