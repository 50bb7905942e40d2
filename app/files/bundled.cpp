#include "app/files/bundled.h"

#include <string>

#include "app/files/embedded.h"

namespace convscope {

Locale bundled_locale(Language language) {
  return {language, asset_text("locale/" + std::string(code_of(language)) + ".json")};
}

TextMetrics bundled_metrics() {
  return measure_fonts(asset("fonts/sans"), asset("fonts/bold"), asset("fonts/mono"),
                       asset("fonts/fallback"));
}

}  // namespace convscope
