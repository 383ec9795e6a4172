/* SPDX-License-Identifier: Apache-2.0 */
#include "base/pool.h"

#include <pthread.h>
#include <stdatomic.h>

enum { CHUNK = 32 };

struct shared {
	const struct pool_work *work;
	size_t chunk;
	atomic_size_t next;
};

struct worker {
	struct shared *shared;
	unsigned number;
	pthread_t thread;
};

static void *work_off(void *context)
{
	const struct worker *worker = context;
	const struct pool_work *work = worker->shared->work;
	size_t chunk = worker->shared->chunk;

	for (;;) {
		size_t from = atomic_fetch_add(&worker->shared->next, chunk);

		if (from >= work->count)
			return NULL;
		work->run(work->context, worker->number, from,
			  work->count - from < chunk ? work->count
						     : from + chunk);
	}
}

unsigned pool_workers(const struct pool_work *work)
{
	size_t chunk = work->chunk ? work->chunk : CHUNK;
	size_t useful = work->count / chunk + (work->count % chunk != 0);
	unsigned jobs = work->jobs < POOL_MOST ? work->jobs : POOL_MOST;

	if (useful < jobs)
		jobs = (unsigned)useful;
	return jobs ? jobs : 1;
}

void pool_run(const struct pool_work *work)
{
	struct shared shared = {
		.work = work,
		.chunk = work->chunk ? work->chunk : CHUNK,
	};
	struct worker workers[POOL_MOST];
	unsigned count = pool_workers(work);
	unsigned started = 1;

	atomic_init(&shared.next, 0);
	for (unsigned i = 0; i < count; i++)
		workers[i] = (struct worker){.shared = &shared, .number = i};
	while (started < count &&
	       pthread_create(&workers[started].thread, NULL, work_off,
			      &workers[started]) == 0)
		started++;
	work_off(&workers[0]);
	for (unsigned i = 1; i < started; i++)
		(void)pthread_join(workers[i].thread, NULL);
}
