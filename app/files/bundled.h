// What every front takes out of the executable, ready for use.
#pragma once

#include "core/lesson/locale.h"
#include "core/picture/text_metrics.h"

namespace convscope {

Locale bundled_locale(Language language);
TextMetrics bundled_metrics();

}  // namespace convscope
