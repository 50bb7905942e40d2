// Assets that every front end reads from the executable, parsed.
#pragma once

#include <vector>

#include "core/lesson/locale.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::files {

lesson::Locale bundled_locale(lesson::Language language);
std::vector<lesson::Locale> bundled_locales();  // all languages
picture::TextMetrics bundled_metrics();

}  // namespace convscope::files
