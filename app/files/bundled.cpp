#include "app/files/bundled.h"

#include <string>

#include "app/files/embedded.h"

namespace convscope::files {

lesson::Locale bundled_locale(lesson::Language language) {
  return {language, asset_text("locale/" + std::string(lesson::code_of(language)) + ".json")};
}

picture::TextMetrics bundled_metrics() {
  return picture::measure_fonts(asset("fonts/sans"), asset("fonts/bold"), asset("fonts/mono"),
                                asset("fonts/fallback"));
}

}  // namespace convscope::files
