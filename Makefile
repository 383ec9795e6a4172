# abide - `make help` is the index. Not recursive; everything built lies in
# build/VARIANT. Variants: gcc (default), clang, asan (clang with ASan + UBSan),
# fuzz (clang with libFuzzer), release (static, see `make release`).
# SPDX-License-Identifier: Apache-2.0

VARIANT ?= gcc
B := build/$(VARIANT)
# `make Q=` shows each command.
Q ?= @
V := 0.1.0

CC_gcc := gcc
CC_clang := clang
CC_asan := clang
CC_fuzz := clang
CC_release := gcc
CC := $(CC_$(VARIANT))

PKGS := libgit2 yaml-0.1 libpcre2-8 libxxhash libutf8proc libsodium zlib libidn2

WARN := -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wformat=2 \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wnull-dereference \
	-Wcast-qual -Wwrite-strings -Wundef -Werror
OPT_gcc := -O2 -g -D_FORTIFY_SOURCE=3
OPT_clang := -O2 -g -D_FORTIFY_SOURCE=2
OPT_asan := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
OPT_fuzz := -O1 -g -fno-omit-frame-pointer \
	-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
OPT_release := -O2 -D_FORTIFY_SOURCE=3
HARDEN := -fPIE -fstack-protector-strong -fstack-clash-protection \
	-fcf-protection=full -fno-strict-overflow -fno-strict-aliasing \
	-fno-delete-null-pointer-checks -fvisibility=hidden
HARDEN_gcc := -ftrivial-auto-var-init=zero
HARDEN_release := $(HARDEN_gcc)
LINK_HARDEN := -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code \
	-Wl,--as-needed
# A release is one file: nothing is loaded when it starts, neither where it was
# built nor when stands in it, and what could reach a network is left out (see
# src/git/no_network.c).
CPP_release := -DABIDE_STATIC_GIT2 -ffile-prefix-map=$(CURDIR)=.
comma := ,
LINK_release := -static-pie -s -Wl,-u,libssh2_init -Wl,--build-id=none \
	$(addprefix -Wl$(comma)--wrap=,mbedtls_x509_crt_parse_file \
	mbedtls_x509_crt_parse_path socket connect getaddrinfo freeaddrinfo getpwuid_r)
LIBS_release := -lgit2 -lmbedtls -lmbedx509 -lmbedcrypto -lhttp_parser
LAST_release := -lunistring
# Exported so that libgit2, once loaded, finds ours: see src/git/libgit2.c.
LINK_GIT := -Wl,--export-dynamic-symbol=mbedtls_x509_crt_parse_file \
	-Wl,--export-dynamic-symbol=mbedtls_x509_crt_parse_path

CFLAGS ?=
LDFLAGS ?=
CPPFLAGS := -std=c17 -D_GNU_SOURCE -Isrc -I. -DABIDE_VERSION='"$(V)"'
# The flags are asked for when something is compiled, not by `make help`.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $(PKGS)) \
	$$(PACK_CEILING))$(PKG_CFLAGS)
# Debian's security update of libgit2 1.5.1 added it; the first release of
# Debian 12 does not have it, and an enumerator cannot be asked for by #ifdef.
PACK_CEILING = $(shell grep -qs GIT_OPT_SET_PACK_MAX_OBJECT_SIZE \
	"$$(pkg-config --variable=includedir libgit2)/git2/common.h" && \
	echo -DLIBGIT2_PACK_CEILING)
PKG_LIBS = $(LIBS_$(VARIANT)) -lyaml -lpcre2-8 -lidn2 -lutf8proc -lsodium -lz \
	-ldl -lpthread -lm $(LAST_$(VARIANT))
ALL_CFLAGS = $(CPPFLAGS) $(WARN) $(OPT_$(VARIANT)) $(HARDEN) \
	$(HARDEN_$(VARIANT)) $(CPP_$(VARIANT)) $(PKG_CFLAGS) $(CFLAGS)
ALL_LDFLAGS = $(OPT_$(VARIANT)) $(LINK_HARDEN) $(LINK_GIT) $(LINK_$(VARIANT)) \
	$(LDFLAGS)

LIB_SRC := $(sort $(wildcard src/*/*.c))
CHECK_SRC := $(sort $(wildcard checks/*.c))
CMD_SRC := $(sort $(wildcard cmd/*.c))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
CONF_SRC := $(sort $(wildcard tests/conformance/*.c))
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
DATA := $(sort $(shell find schema policies templates -name '*.yaml'))
# Text alone, without a tree.
TEXTS := $(sort $(wildcard hooks/*)) $(sort $(shell find templates -name '*.css'))
HEADERS := $(wildcard src/*/*.h checks/*.h cmd/*.h tests/*/*.h)

LIB_OBJ := $(LIB_SRC:%.c=$(B)/%.o) $(B)/embedded.o
CHECK_OBJ := $(CHECK_SRC:%.c=$(B)/%.o)
CMD_OBJ := $(CMD_SRC:%.c=$(B)/%.o)
LIB := $(B)/libabide.a

.PHONY: all
all: $(B)/abide abide ## build the program

abide: $(B)/abide
	@cp $< $@

$(B)/abide: $(CMD_OBJ) $(CHECK_OBJ) $(LIB)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(CMD_OBJ) $(CHECK_OBJ) $(LIB) $(PKG_LIBS)

# A file that goes away leaves the library too: the list of objects is a file
# of its own, rewritten when it changes.
$(B)/objects: FORCE
	@mkdir -p $(@D)
	@echo $(LIB_OBJ) | cmp -s - $@ || echo $(LIB_OBJ) > $@

.PHONY: FORCE
FORCE:

$(LIB): $(LIB_OBJ) $(B)/objects
	@rm -f $@
	@ar rcsD $@ $(LIB_OBJ)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Our own YAML is parsed here and not in each run: see src/data/frozen.h.
FREEZE_OBJ := $(filter-out $(B)/src/base/embedded.o,\
	$(filter $(B)/src/base/% $(B)/src/data/%,$(LIB_SRC:%.c=$(B)/%.o)))
$(B)/freeze: $(B)/tools/freeze.o $(FREEZE_OBJ)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(B)/embedded.c: tools/embed.sh $(B)/freeze $(DATA) $(TEXTS)
	@$(B)/freeze $(B)/frozen $(DATA)
	@tools/embed.sh $(B)/frozen $(DATA) $(TEXTS) > $@

$(B)/embedded.o: $(B)/embedded.c $(TEXTS)
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# ---- the manual and the completions of shells, from the tables of cmd/

# The day of the release, for the manual.
SOURCE_DATE_EPOCH ?= 1795305600
TOOL_OBJ := $(filter-out %/main.o,$(CMD_OBJ)) $(CHECK_OBJ)
$(B)/manual $(B)/completion: $(B)/%: $(B)/tools/%.o $(TOOL_OBJ) $(LIB)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

# The stamps stand for folders of files whose names the tables choose.
$(B)/man/made: $(B)/manual
	@rm -rf $(@D) && mkdir -p $(@D)
	@$(B)/manual $(@D) $(SOURCE_DATE_EPOCH)
	@touch $@

$(B)/completions/made: $(B)/completion
	@rm -rf $(@D) && mkdir -p $(@D)
	@$(B)/completion $(@D)
	@touch $@

.PHONY: man completions
man: $(B)/man/made ## write the manual
completions: $(B)/completions/made ## write the completions of bash, zsh, fish

# ---- unit tests: one program for each tests/unit/test_*.c

UNIT := $(UNIT_SRC:%.c=$(B)/%)
$(B)/tests/unit/%: $(B)/tests/unit/%.o $(CHECK_OBJ) $(LIB)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(CHECK_OBJ) $(LIB) $(PKG_LIBS) -lcmocka \
		-ljansson

.PHONY: unit
unit: $(UNIT) ## run the unit tests
	@tools/run-unit.sh $(UNIT)

# ---- cases: stories in tests/cases, told to the whole program

CASE_SRC := $(sort $(wildcard tests/cases/*.c))
CASES := $(sort $(shell find tests/cases -name '*.case'))
CASE_RUN := $(B)/tests/cases/run
$(CASE_RUN): $(CASE_SRC:%.c=$(B)/%.o) $(filter-out %/main.o,$(CMD_OBJ)) \
		$(CHECK_OBJ) $(LIB)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

.PHONY: cases accept accept-holds
cases: $(CASE_RUN) ## tell the stories of tests/cases (CASES=... for some)
	@$(CASE_RUN) $(CASES)

accept: $(CASE_RUN) ## write what comes out into the stories; read the diff
	@$(CASE_RUN) --accept $(CASES)

accept-holds: $(CASE_RUN) ## what was accepted is told again the same
	@tests/cases/accept.sh $(CASE_RUN)

# ---- the worlds inside the packs, and the example organisation

.PHONY: worlds example
worlds: $(B)/abide ## judge the worlds that test the rules
	@$(B)/abide test --mutate

example: $(B)/abide ## compare the example's findings with what it holds
	@tools/demo.sh $(B)/abide quiet

.PHONY: program
program: $(B)/abide ## run the program itself: under git's hooks, on failing streams
	@tests/program/run.sh $(B)/abide
	@tests/program/fix.sh $(B)/abide
	@tests/program/new.sh $(B)/abide
	@tests/program/sign.sh $(B)/abide

.PHONY: hooks
hooks: $(B)/abide ## commit and push through the hooks, and try to get past them
	@tests/hooks/run.sh $(B)/abide

.PHONY: ci
ci: $(B)/abide ## run the action, the pipelines and the pre-commit hooks of the docs
	@tests/ci/run.sh $(B)/abide

# ---- formats: read back by other people's readers and validators

FORMATS_WRITE := $(B)/tests/formats/write
$(FORMATS_WRITE): $(B)/tests/formats/write.o $(CHECK_OBJ) $(LIB)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

.PHONY: formats
formats: $(B)/abide $(FORMATS_WRITE) ## read every format back with other readers
	@tests/formats/run.sh $(B)/abide $(FORMATS_WRITE)

.PHONY: html
html: $(B)/abide ## look at the report in a real browser
	@tests/html/run.sh $(B)/abide

.PHONY: shell
shell: $(B)/abide $(B)/man/made $(B)/completions/made ## install it, read the manual, type into real shells
	@tests/program/shell.sh $(B)

# ---- the commands of the docs, and the first five minutes on an empty system

.PHONY: transcripts walk
DOCS := README.md $(sort $(shell find docs -name '*.md' -not -path 'docs/rules/*'))
transcripts: $(B)/abide ## run the commands of the docs and compare
	@tools/transcript.sh $(B)/abide $(DOCS)

walk: ## set up and walk the tutorial in an empty Debian 12 (root, network)
	@tests/walk/chroot.sh

.PHONY: history
history: $(B)/tests/bench/history ## compare the history of this repository with git's
	@tests/history/verify

# ---- conformance suites

CONF := $(CONF_SRC:%.c=$(B)/%)
$(B)/tests/conformance/%: $(B)/tests/conformance/%.o $(CHECK_OBJ) $(LIB)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(CHECK_OBJ) $(LIB) $(PKG_LIBS)

.PHONY: conformance
conformance: $(CONF) ## run the official suites that can be found
	@tools/run-conformance.sh $(CONF)

# ---- fuzz targets: libFuzzer in the variant `fuzz`, else a corpus replay

FUZZ := $(FUZZ_SRC:%.c=$(B)/%)
FUZZ_MAIN_fuzz := -fsanitize=fuzzer
FUZZ_MAIN := $(if $(filter fuzz,$(VARIANT)),,$(B)/tests/fuzz/replay.o)
$(B)/tests/fuzz/fuzz_%: $(B)/tests/fuzz/fuzz_%.o $(CHECK_OBJ) $(LIB) $(FUZZ_MAIN)
	$(Q)$(CC) $(ALL_LDFLAGS) $(FUZZ_MAIN_$(VARIANT)) -o $@ $< $(FUZZ_MAIN) \
		$(CHECK_OBJ) $(LIB) $(PKG_LIBS)

.PHONY: fuzz-replay
fuzz-replay: $(FUZZ) ## run every fuzz target over its kept corpus
	@tools/run-fuzz.sh replay $(FUZZ)

FUZZ_SECONDS ?= 120
.PHONY: fuzz
fuzz: ## let libFuzzer search, FUZZ_SECONDS for each target
	@$(MAKE) --no-print-directory VARIANT=fuzz fuzz-run

.PHONY: fuzz-run
fuzz-run: $(FUZZ)
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tools/run-fuzz.sh search $(FUZZ)

# ---- the house laws

.PHONY: floors banned globals names tails coverage format check-format house
floors: ## laws 1 and 2: includes look down, one door a library
	@awk -f tools/floors.awk floors $(LIB_SRC) $(CHECK_SRC) $(CMD_SRC) \
		$(HEADERS) $(UNIT_SRC) $(CONF_SRC) $(FUZZ_SRC)

banned: $(LIB) ## law 3: the library asks the system for nothing
	@tools/banned.sh $(LIB)

globals: $(LIB) ## law 4: no writable global in the library
	@tools/globals.sh $(LIB)

names: $(LIB) $(CHECK_OBJ) $(CMD_OBJ) ## no external name is defined twice
	@tools/names.sh $(LIB) $(CHECK_OBJ) $(CMD_OBJ)

tails: ## files over 800 lines, functions over 60, headers over 120
	@tools/tails.sh

coverage: $(B)/abide ## what docs/reference/coverage.md names is there
	@tools/coverage.sh $(B)/abide

ALL_C := $(LIB_SRC) $(CHECK_SRC) $(CMD_SRC) $(HEADERS) $(UNIT_SRC) \
	$(CONF_SRC) $(CASE_SRC) $(wildcard tests/fuzz/*.c tests/bench/*.c \
	tests/formats/*.c) \
	$(wildcard tools/*.c)
format: ## lay out every C file
	@clang-format -i $(ALL_C)

check-format:
	@clang-format --dry-run -Werror $(ALL_C)

house: floors banned globals names tails coverage check-format check-docs-rules ## all of them

.PHONY: docs-rules check-docs-rules
docs-rules: $(B)/abide ## write the pages of docs/rules from the packs
	@tools/docs-rules.sh $(B)/abide

check-docs-rules: $(B)/abide
	@tools/docs-rules.sh $(B)/abide check

.PHONY: house-faults
house-faults: $(B)/abide ## plant a fault for each law and see it found
	@tests/house/faults.sh

# ---- measurements: see docs/explanation/performance.md

BENCH := $(addprefix $(B)/tests/bench/,generate floor history history_make race \
	replay)
$(B)/tests/bench/%: $(B)/tests/bench/%.o $(CHECK_OBJ) $(LIB)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(CHECK_OBJ) $(LIB) $(PKG_LIBS)

.PHONY: bench bench-programs
bench-programs: $(BENCH)
bench: ## measure against libyaml, git and other validators
	@tests/bench/run

# ---- set-up and the two commands of the README

.PHONY: setup
setup: ## install what is missing (Debian 12)
	@tools/setup.sh

.PHONY: test
test: ## install what tests need, then build and run all of them
	@tools/setup.sh tests
	@tools/run-tests.sh

.PHONY: demo
demo: ## install what is missing, build, and check the example organisation
	@tools/setup.sh
	@$(MAKE) --no-print-directory all
	@tools/demo.sh $(B)/abide

# ---- installing, and what is handed to others

PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
DATADIR ?= $(PREFIX)/share
MANDIR ?= $(DATADIR)/man
DOCDIR ?= $(DATADIR)/doc/abide
BASHDIR ?= $(DATADIR)/bash-completion/completions
# Debian's zsh looks into vendor-completions below /usr alone.
ZSHDIR ?= $(DATADIR)/zsh/$(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)
FISHDIR ?= $(DATADIR)/fish/vendor_completions.d

.PHONY: install uninstall
install: $(B)/abide $(B)/man/made $(B)/completions/made ## install below PREFIX (DESTDIR is put before it)
	install -d $(addprefix $(DESTDIR),$(BINDIR) $(MANDIR)/man1 \
		$(MANDIR)/man5 $(DOCDIR) $(BASHDIR) $(ZSHDIR) $(FISHDIR))
	install -m 755 $(B)/abide $(DESTDIR)$(BINDIR)/abide
	ln -sf abide $(DESTDIR)$(BINDIR)/git-abide
	install -m 644 $(B)/man/*.1 $(DESTDIR)$(MANDIR)/man1
	install -m 644 $(B)/man/*.5 $(DESTDIR)$(MANDIR)/man5
	install -m 644 $(B)/completions/abide $(DESTDIR)$(BASHDIR)/abide
	install -m 644 $(B)/completions/_abide $(DESTDIR)$(ZSHDIR)/_abide
	install -m 644 $(B)/completions/abide.fish $(DESTDIR)$(FISHDIR)
	install -m 644 LICENSE README.md CHANGELOG.md $(DESTDIR)$(DOCDIR)

uninstall: $(B)/man/made ## remove what install wrote
	rm -f $(DESTDIR)$(BINDIR)/abide $(DESTDIR)$(BINDIR)/git-abide
	cd $(B)/man && for page in *.1; do \
		rm -f "$(DESTDIR)$(MANDIR)/man1/$$page"; done
	rm -f $(DESTDIR)$(MANDIR)/man5/abide.yaml.5 $(DESTDIR)$(BASHDIR)/abide \
		$(DESTDIR)$(ZSHDIR)/_abide $(DESTDIR)$(FISHDIR)/abide.fish
	rm -rf $(DESTDIR)$(DOCDIR)

RELEASE := abide-$(V)-linux-$(shell uname -m)
.PHONY: release release-tar release-check
release: ## build/abide-VERSION-linux-ARCH.tar.gz: static, the same bytes anywhere
	@$(MAKE) --no-print-directory VARIANT=release release-tar

release-tar:
	@rm -rf $(B)/$(RELEASE)
	@umask 022 && $(MAKE) --no-print-directory PREFIX= \
		DESTDIR=$(CURDIR)/$(B)/$(RELEASE) install > /dev/null
	@tar -C $(B) --format=ustar --sort=name --owner=0 --group=0 \
		--numeric-owner --mtime=@$(SOURCE_DATE_EPOCH) -cf - $(RELEASE) | \
		gzip -9n > build/$(RELEASE).tar.gz
	@cd build && sha256sum $(RELEASE).tar.gz

release-check: ## build it twice, elsewhere and otherwise, and compare
	@tools/release-check.sh

.PHONY: clean
clean: ## remove what was built
	rm -rf build abide

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' Makefile

-include $(wildcard $(B)/tools/*.d)
-include $(LIB_OBJ:.o=.d) $(CHECK_OBJ:.o=.d) $(CMD_OBJ:.o=.d)
-include $(FORMATS_WRITE:=.d)
-include $(UNIT:=.d) $(CONF:=.d) $(FUZZ:=.d) $(CASE_SRC:%.c=$(B)/%.d)
.SECONDARY:
.DELETE_ON_ERROR:
