/// Sorting of numbers, stable and in linear time, and counting of pairs that two orders agree on.

/// Unsigned numbers in the order of the reals.
RK_INLINE UnsignedBits RK_NAME(sort_key)(Real value) {
  Bits bits;
  memcpy(&bits, &value, sizeof bits);
  const UnsignedBits sign = (UnsignedBits)1 << (8 * sizeof(Real) - 1);
  return bits < 0 ? ~(UnsignedBits)bits : (UnsignedBits)bits | sign;
}

/// Room for sorting: keys and items, each twice.
typedef struct RK_NAME(SortRoom) {
  UnsignedBits *keys, *other_keys;
  int32_t *items, *other_items;
} RK_NAME(SortRoom);

/// Sorts items by keys, a byte at a time; bytes that are the same in all keys are passed over.
static void RK_NAME(sort_items)(RK_NAME(SortRoom) *room, ptrdiff_t count) {
  for (int shift = 0; shift < 8 * (int)sizeof(Real); shift += 8) {
    ptrdiff_t first[257] = {0};
    for (ptrdiff_t i = 0; i < count; i++) first[(room->keys[i] >> shift & 255) + 1]++;
    if (count > 0 && first[(room->keys[0] >> shift & 255) + 1] == count) continue;
    for (int digit = 0; digit < 256; digit++) first[digit + 1] += first[digit];
    for (ptrdiff_t i = 0; i < count; i++) {
      const ptrdiff_t to = first[room->keys[i] >> shift & 255]++;
      room->other_keys[to] = room->keys[i];
      room->other_items[to] = room->items[i];
    }
    UnsignedBits *keys = room->keys;
    int32_t *items = room->items;
    room->keys = room->other_keys, room->items = room->other_items;
    room->other_keys = keys, room->other_items = items;
  }
}

/// Writes the numbers of the values in ascending order; values that are no number are left out.
/// Returns how many there are.
static ptrdiff_t RK_NAME(sort_order)(const Real *values, ptrdiff_t count, RK_NAME(SortRoom) room,
                                     int32_t *order) {
  ptrdiff_t kept = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    if (values[i] != values[i]) continue;
    room.keys[kept] = RK_NAME(sort_key)(values[i]);
    room.items[kept++] = (int32_t)i;
  }
  RK_NAME(sort_items)(&room, kept);
  memcpy(order, room.items, (size_t)kept * sizeof(int32_t));
  return kept;
}

/// Which of a set of values have come, counted below any of them (a Fenwick tree).
typedef struct RK_NAME(Ranks) {
  Real *values;    ///< ascending and distinct
  int32_t *ranks;  ///< of each element of the set its place among the values, -1 for no number
  int32_t *tree;
  ptrdiff_t count;
} RK_NAME(Ranks);

static void RK_NAME(rank_values)(RK_NAME(Ranks) *to, const Real *values, ptrdiff_t count,
                                 RK_NAME(SortRoom) room) {
  int32_t *order = to->tree;
  const ptrdiff_t kept = RK_NAME(sort_order)(values, count, room, order);
  for (ptrdiff_t i = 0; i < count; i++) to->ranks[i] = -1;
  to->count = 0;
  for (ptrdiff_t i = 0; i < kept; i++) {
    const Real value = values[order[i]];
    if (to->count == 0 || value != to->values[to->count - 1]) to->values[to->count++] = value;
    to->ranks[order[i]] = (int32_t)to->count - 1;
  }
  memset(to->tree, 0, (size_t)(to->count + 1) * sizeof(int32_t));
}

RK_INLINE void RK_NAME(add_value)(const RK_NAME(Ranks) *ranks, ptrdiff_t element) {
  if (ranks->ranks[element] < 0) return;
  for (ptrdiff_t i = ranks->ranks[element] + 1; i <= ranks->count; i += i & -i) ranks->tree[i]++;
}

/// How many of the values that have come are below, or above, a number.
RK_INLINE ptrdiff_t RK_NAME(count_values)(const RK_NAME(Ranks) *ranks, int above, Real than,
                                          ptrdiff_t come) {
  if (than != than) return 0;
  ptrdiff_t low = 0, size = ranks->count;
  while (size > 0) {
    const ptrdiff_t half = size / 2;
    const Real value = ranks->values[low + half];
    const int is_left = above ? value <= than : value < than;
    low = is_left ? low + half + 1 : low;
    size = is_left ? size - half - 1 : half;
  }
  ptrdiff_t sum = 0;
  for (ptrdiff_t i = low; i > 0; i -= i & -i) sum += ranks->tree[i];
  return above ? come - sum : sum;
}
