/// The index space of a loop, and the part of it that one call runs.

/// The index space without its axes of extent 1, and the part of it to run.
typedef struct RK_NAME(Space) {
  int rank;
  int axis[RK_MAX_RANK];          ///< of the loop
  ptrdiff_t extent[RK_MAX_RANK];  ///< of the part
  ptrdiff_t full_columns;         ///< the whole extent of the last axis
  int chunk_axis;
  ptrdiff_t begin;
} RK_NAME(Space);

static RK_NAME(Space) RK_NAME(space_of)(const rk_loop *loop, ptrdiff_t begin, ptrdiff_t end) {
  RK_NAME(Space) space = {.rank = 0, .chunk_axis = loop->chunk_axis, .begin = begin};
  for (int axis = 0; axis < loop->rank; axis++) {
    const int is_last_chance = axis == loop->rank - 1 && space.rank == 0;
    if (loop->extent[axis] == 1 && !is_last_chance) continue;
    space.axis[space.rank] = axis;
    space.extent[space.rank] = axis == loop->chunk_axis ? end - begin : loop->extent[axis];
    space.rank++;
  }
  space.full_columns = loop->extent[space.axis[space.rank - 1]];
  return space;
}

/// The stride along an axis of the space; along an axis of extent 1 it is as good as 0.
RK_INLINE ptrdiff_t RK_NAME(stride_of)(const rk_loop *loop, const RK_NAME(Space) *space,
                                       const rk_stream *stream, int axis) {
  if (axis < 0 || loop->extent[space->axis[axis]] == 1) return 0;
  return stream->stride[space->axis[axis]];
}

/// Where the stream's part begins at the given index of the axes before the last two.
RK_INLINE Real *RK_NAME(start_of)(const RK_NAME(Space) *space,
                                  const rk_stream *stream, const ptrdiff_t *index) {
  Real *start = (Real *)stream->base + space->begin * stream->stride[space->chunk_axis];
  for (int axis = 0; axis < space->rank - 2; axis++) {
    start += index[axis] * stream->stride[space->axis[axis]];
  }
  return start;
}

/// Sets the region of a combined output that the part covers to zero, or to -infinity.
static void RK_NAME(clear_output)(const rk_loop *loop, const RK_NAME(Space) *space,
                                  const rk_output *output) {
  const Real value = output->combine == RK_LARGEST ? -RK_INFINITY : 0;
  const int last = space->rank - 1;
  ptrdiff_t extent[RK_MAX_RANK], index[RK_MAX_RANK] = {0};
  for (int axis = 0; axis <= last; axis++) {
    const ptrdiff_t stride = RK_NAME(stride_of)(loop, space, &output->to, axis);
    extent[axis] = stride == 0 ? 1 : space->extent[axis];
    if (extent[axis] <= 0) return;
  }
  const ptrdiff_t stride = RK_NAME(stride_of)(loop, space, &output->to, last);
  for (;;) {
    Real *to = RK_NAME(start_of)(space, &output->to, index);
    if (last > 0) to += index[last - 1] * RK_NAME(stride_of)(loop, space, &output->to, last - 1);
    for (ptrdiff_t i = 0; i < extent[last]; i++) to[i * stride] = value;
    int axis = last - 1;
    while (axis >= 0 && ++index[axis] == extent[axis]) index[axis--] = 0;
    if (axis < 0) return;
  }
}

RK_INLINE int RK_NAME(is_empty)(const RK_NAME(Space) *space) {
  for (int axis = 0; axis < space->rank; axis++) {
    if (space->extent[axis] <= 0) return 1;
  }
  return 0;
}
