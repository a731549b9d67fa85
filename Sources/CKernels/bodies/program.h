/// Decoding of a block program: which instructions depend on what, and where their values live.
///
/// Each value has a variation, a set of the axes that it depends on. An instruction varies with the
/// union of its operands, and runs as often as its variation asks: once a call, once a row, once a
/// column block or once a block. Results of all but the last kind get cells of their own, so
/// running them ahead of the others cannot disturb a slot that is written more than once.

#if !defined(RK_FIXED)
#define RK_FIXED 0
#define RK_BY_ROW 1
#define RK_BY_COLUMN 2
#define RK_BY_BOTH 3
#endif

#define Program RK_NAME(Program)

/// Cells are numbered: values before the slots, one per instruction, slots.
typedef struct Program {
  const rk_instruction *instructions;
  int instruction_count, first_slot, slot_count;
  uint8_t *variations;  ///< of each value, as of the last instruction
  int *cell_of;         ///< of each value, likewise
  Step *steps;          ///< sorted by variation, in program order within each
  int first_step[5];    ///< of each variation, and the end
  Real **cells;
} Program;

/// Whether cells of this variation hold a vector for each part of the block, or only one.
RK_INLINE int RK_NAME(is_block)(int variation) { return (variation & RK_BY_COLUMN) != 0; }

/// The value that an instruction reads as its operand of this number, the first in place of those
/// that its operation does not have.
RK_INLINE int RK_NAME(operand)(const rk_instruction *instruction, int number) {
  if (number >= RK_NAME(operations)[instruction->op].operands) return instruction->a;
  return (&instruction[number / 4].a)[number % 4];
}

RK_INLINE int RK_NAME(variation_of)(const Program *program, const rk_instruction *instruction) {
  int variation = 0;
  for (int i = 0; i < RK_NAME(operations)[instruction->op].operands; i++) {
    variation |= program->variations[RK_NAME(operand)(instruction, i)];
  }
  return variation;
}

/// How many instructions one step takes, with those that only add to a chain.
RK_INLINE int RK_NAME(length_of)(const rk_instruction *instruction) {
  const RK_NAME(Operation) *operation = &RK_NAME(operations)[instruction->op];
  const int of_operands = (operation->operands + 3) / 4;
  return of_operands > operation->results ? of_operands : operation->results;
}

RK_INLINE int RK_NAME(step_of)(const Program *program, int value) {
  return RK_NAME(is_block)(program->variations[value]) ? (int)RK_LANES : 0;
}

/// Fills in all but `cells`; the variations of the values before the slots are known. `kinds` is
/// room for one variation per instruction.
static void RK_NAME(decode)(Program *program, uint8_t *kinds) {
  const int first_slot = program->first_slot, count = program->instruction_count;
  for (int value = 0; value < first_slot; value++) program->cell_of[value] = value;
  for (int slot = 0; slot < program->slot_count; slot++) {
    program->variations[first_slot + slot] = RK_FIXED;
    program->cell_of[first_slot + slot] = first_slot + count + slot;
  }
  int counts[4] = {0, 0, 0, 0};
  for (int i = 0; i < count; i += RK_NAME(length_of)(&program->instructions[i])) {
    const rk_instruction *instruction = &program->instructions[i];
    kinds[i] = (uint8_t)RK_NAME(variation_of)(program, instruction);
    for (int result = 0; result < RK_NAME(operations)[instruction->op].results; result++) {
      program->variations[instruction[result].dst] = kinds[i];
    }
    counts[kinds[i]]++;
  }
  int next[4];
  program->first_step[0] = 0;
  for (int kind = 0; kind < 4; kind++) {
    next[kind] = program->first_step[kind];
    program->first_step[kind + 1] = next[kind] + counts[kind];
  }
  for (int slot = 0; slot < program->slot_count; slot++) {
    program->variations[first_slot + slot] = RK_FIXED;
  }
  for (int i = 0; i < count; i += RK_NAME(length_of)(&program->instructions[i])) {
    const rk_instruction *instruction = &program->instructions[i];
    const RK_NAME(Operation) *operation = &RK_NAME(operations)[instruction->op];
    Step *step = &program->steps[next[kinds[i]]++];
    step->run = operation->run;
    step->operands = operation->operands > 4 ? operation->operands : 4;
    step->results = operation->results;
    memset(step->to_row, 0, sizeof step->to_row);
    memset(step->from_row, 0, sizeof step->from_row);
    for (int operand = 0; operand < step->operands; operand++) {
      const int value = RK_NAME(operand)(instruction, operand);
      step->from[operand] = program->cell_of[value];
      step->stride[operand] = RK_NAME(step_of)(program, value);
    }
    for (int result = 0; result < step->results; result++) {
      const int value = instruction[result].dst, slot = value - first_slot;
      step->to[result] =
          kinds[i] == RK_BY_BOTH ? first_slot + count + slot : first_slot + i + result;
      program->variations[value] = kinds[i];
      program->cell_of[value] = step->to[result];
    }
  }
}

/// Runs the instructions of one variation over `vectors` vectors (one, if it is not a block) of
/// the given cells.
RK_INLINE void RK_NAME(run_steps_on)(const Program *program, Real *const *cells, int variation,
                                     ptrdiff_t vectors) {
  const Step *end = program->steps + program->first_step[variation + 1];
  for (const Step *step = program->steps + program->first_step[variation]; step < end; step++) {
    step->run(step, cells, 1, vectors);
  }
}

RK_INLINE void RK_NAME(run_steps)(const Program *program, int variation, ptrdiff_t vectors) {
  RK_NAME(run_steps_on)(program, program->cells, variation, vectors);
}

/// Elements of storage for the results of all instructions in blocks of `block`, for `place_results`.
RK_INLINE ptrdiff_t RK_NAME(result_elements)(const Program *program, ptrdiff_t block) {
  const int *first = program->first_step;
  ptrdiff_t elements = program->slot_count * block;
  for (int i = 0; i < first[RK_BY_BOTH]; i++) {
    elements += program->steps[i].results * (i < first[RK_BY_COLUMN] ? RK_LANES : block);
  }
  return elements;
}

/// Points the cells of instructions and slots into `storage`.
static void RK_NAME(place_results)(const Program *program, ptrdiff_t block, Real *storage) {
  const int *first = program->first_step;
  for (int i = 0; i < first[RK_BY_BOTH]; i++) {
    for (int result = 0; result < program->steps[i].results; result++) {
      program->cells[program->steps[i].to[result]] = storage;
      storage += i < first[RK_BY_COLUMN] ? RK_LANES : block;
    }
  }
  for (int slot = 0; slot < program->slot_count; slot++) {
    program->cells[program->first_slot + program->instruction_count + slot] = storage;
    storage += block;
  }
}

/// Fills the one-vector cell at `to`.
RK_INLINE void RK_NAME(place_single)(Real *to, Real value) {
  RK_NAME(store)(to, RK_NAME(splat)(value));
}
