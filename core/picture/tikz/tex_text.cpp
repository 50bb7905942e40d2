#include "core/picture/tikz/tex_text.h"

#include <algorithm>
#include <array>

#include "core/picture/display/text_metrics.h"

namespace convscope::picture::tikz {

namespace {

struct TexSign {
  char32_t character;
  std::string_view tex;
};

constexpr std::array kTexSigns = {
    TexSign{U'\\', R"(\textbackslash{})"},
    TexSign{U'{', R"(\{)"},
    TexSign{U'}', R"(\})"},
    TexSign{U'$', R"(\$)"},
    TexSign{U'&', R"(\&)"},
    TexSign{U'#', R"(\#)"},
    TexSign{U'%', R"(\%)"},
    TexSign{U'_', R"(\_)"},
    TexSign{U'^', R"(\^{})"},
    TexSign{U'~', R"(\~{})"},
    TexSign{U'<', R"($<$)"},
    TexSign{U'>', R"($>$)"},
    TexSign{U'|', R"($|$)"},
    TexSign{U'"', R"(''{})"},
    TexSign{U'-', R"({-})"},
    TexSign{U'\'', R"({'})"},
    TexSign{U'`', R"({`})"},
    TexSign{U'\u00A0', R"(~)"},
    TexSign{U'×', R"($\times$)"},
    TexSign{U'−', R"($-$)"},
    TexSign{U'·', R"($\cdot$)"},
    TexSign{U'—', R"(---)"},
    TexSign{U'–', R"(--)"},
    TexSign{U'…', R"(\ldots{})"},
    TexSign{U'→', R"($\rightarrow$)"},
    TexSign{U'←', R"($\leftarrow$)"},
    TexSign{U'↑', R"($\uparrow$)"},
    TexSign{U'↓', R"($\downarrow$)"},
    TexSign{U'°', R"($^\circ$)"},
    TexSign{U'′', R"($'$)"},
    TexSign{U'“', R"(``)"},
    TexSign{U'”', R"('')"},
    TexSign{U'‘', R"(`)"},
    TexSign{U'’', R"(')"},
    TexSign{U'«', R"($\ll$)"},
    TexSign{U'»', R"($\gg$)"},
    TexSign{U'⌊', R"($\lfloor$)"},
    TexSign{U'⌋', R"($\rfloor$)"},
    TexSign{U'⌈', R"($\lceil$)"},
    TexSign{U'⌉', R"($\rceil$)"},
    TexSign{U'√', R"($\surd$)"},
    TexSign{U'²', R"($^2$)"},
    TexSign{U'³', R"($^3$)"},
    TexSign{U'⋆', R"($\star$)"},
    TexSign{U'≈', R"($\approx$)"},
    TexSign{U'≤', R"($\le$)"},
    TexSign{U'≥', R"($\ge$)"},
    TexSign{U'≠', R"($\ne$)"},
    TexSign{U'±', R"($\pm$)"},
    TexSign{U'∞', R"($\infty$)"},
    TexSign{U'∑', R"($\sum$)"},
    TexSign{U'Σ', R"($\Sigma$)"},
    TexSign{U'Δ', R"($\Delta$)"},
    TexSign{U'θ', R"($\theta$)"},
    TexSign{U'σ', R"($\sigma$)"},
    TexSign{U'λ', R"($\lambda$)"},
    TexSign{U'μ', R"($\mu$)"},
    TexSign{U'ε', R"($\varepsilon$)"},
    TexSign{U'η', R"($\eta$)"},
    TexSign{U'∂', R"($\partial$)"},
    TexSign{U'№', R"(No)"},
};

}  // namespace

bool is_cyrillic(char32_t character) { return character >= 0x400 && character < 0x460; }

std::string tex_text(std::u32string_view characters) {
  std::string text;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const char32_t character = characters[i];
    // TeX drops spaces at the ends of a text, and all but one between words.
    if (character == U' ' && (i == 0 || i + 1 == characters.size() || characters[i - 1] == U' ')) {
      text += '~';
      continue;
    }
    const auto* const sign = std::ranges::find(kTexSigns, character, &TexSign::character);
    if (sign != kTexSigns.end()) {
      text += sign->tex;
    } else if ((character >= 0x20 && character < 0x7F) || is_cyrillic(character)) {
      append_utf8(text, character);
    } else {
      text += '?';
    }
  }
  return text;
}

}  // namespace convscope::picture::tikz
