#include "app/panels/all_languages.h"

namespace convscope::panels {

lesson::LocalizedText in_all_languages(const PanelContext& context, const std::string& key) {
  lesson::LocalizedText text;
  for (const lesson::Locale& locale : context.languages) {
    text.by_language[std::string(lesson::code_of(locale.language()))] = locale.text(key);
  }
  return text;
}

}  // namespace convscope::panels
