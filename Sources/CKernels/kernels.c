#include "rankine_kernels.h"
