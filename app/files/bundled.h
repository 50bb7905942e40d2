// What every front takes out of the executable, ready for use.
#pragma once

#include <vector>

#include "core/lesson/locale.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::files {

lesson::Locale bundled_locale(lesson::Language language);
std::vector<lesson::Locale> bundled_locales();  // all
picture::TextMetrics bundled_metrics();

}  // namespace convscope::files
