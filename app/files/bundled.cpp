#include "app/files/bundled.h"

#include <string>

#include "app/files/embedded.h"
#include "core/lesson/enum_names.h"

namespace convscope::files {

lesson::Locale bundled_locale(lesson::Language language) {
  return {language, asset_text("locale/" + std::string(lesson::code_of(language)) + ".json")};
}

std::vector<lesson::Locale> bundled_locales() {
  std::vector<lesson::Locale> locales;
  for (const auto& [word, language] : lesson::kLanguages) {
    locales.push_back(bundled_locale(language));
  }
  return locales;
}

picture::TextMetrics bundled_metrics() {
  return picture::measure_fonts(asset("fonts/sans"), asset("fonts/bold"), asset("fonts/mono"),
                                asset("fonts/fallback"));
}

}  // namespace convscope::files
