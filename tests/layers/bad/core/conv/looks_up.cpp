#include <vector>
#include "core/lesson/lesson.h"
