# floors - law 1 (down only) and law 2 (one door a library), from the file
# `floors` and the #include lines of every source file given after it.
# SPDX-License-Identifier: Apache-2.0

function room_of(path,    parts, n)
{
	n = split(path, parts, "/")
	if (parts[1] == "src" || parts[1] == "tests")
		return n > 2 ? parts[1] "/" parts[2] : parts[1]
	return parts[1]
}

function complain(text)
{
	printf "%s:%d: %s\n", FILENAME, FNR, text
	faults++
}

# Is a room behind one of the doors?
function admitted(here, doors,    list, n, i)
{
	n = split(doors, list, " ")
	for (i = 1; i <= n; i++)
		if (index(here "/", list[i] "/") == 1)
			return 1
	return 0
}

FILENAME == "floors" && $1 == "floor" {
	for (i = 3; i <= NF; i++)
		floor[$i] = $2 + 0
	next
}

FILENAME == "floors" && $1 == "door" {
	for (i = 3; i <= NF; i++)
		door[$2] = door[$2] " " $i
	next
}

FILENAME == "floors" { next }

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
	here = room_of(FILENAME)
	target = $0
	sub(/^[ \t]*#[ \t]*include[ \t]*[<"]/, "", target)
	sub(/[>"].*/, "", target)
	for (name in door)
		if (index(target, name) == 1 && !admitted(here, door[name]))
			complain(target " may only be included in" door[name])
	if (!(here in floor) || target !~ /\//)
		next
	if (target ~ /^(cmd|checks)\//)
		there = room_of(target)
	else
		there = "src/" substr(target, 1, index(target, "/") - 1)
	if (!(there in floor) || there == here)
		next
	if (floor[there] >= floor[here])
		complain(here " (floor " floor[here] ") may not look up to " target " (floor " floor[there] ")")
}

END {
	if (faults) {
		printf "floors: %d faults\n", faults
		exit 1
	}
}
