#include "app/panels/commands/palette_entries.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/panels/commands/commands.h"
#include "app/panels/commands/copy_as.h"
#include "app/panels/commands/shortcuts.h"
#include "app/panels/inspector/filter_tab.h"
#include "app/panels/inspector/input_tab.h"
#include "app/panels/inspector/inspector_tabs.h"
#include "app/panels/inspector/layer_tab.h"
#include "core/conv/operators/operator.h"
#include "core/lesson/views.h"
#include "core/session/edit/build_layers.h"
#include "core/session/enum_names.h"

namespace convscope::panels {
namespace {

// Adds to what an entry is found by.
void add_folded(PaletteEntry& entry, const std::string& words) {
  entry.words += (entry.words.empty() ? "" : " ") + words;
}
void add_words(PaletteEntry& entry, const std::string& words) { add_folded(entry, folded(words)); }

PaletteEntry entry_of(const PanelContext& context, const std::string& key,
                      const std::string& kind = "") {
  return {.name = context.locale.text(key),
          .kind = kind.empty() ? "" : context.locale.text(kind),
          .words = folded_in_all_languages(context, key)};
}

// The view that a command puts beside the first one.
std::optional<lesson::ViewRow> beside_row(Command command) {
  for (const lesson::ViewRow& row : lesson::kViewTable) {
    if (beside_command(row.view) == command) {
      return row;
    }
  }
  return std::nullopt;
}

// One of several of a kind, which is found by the kind's name too.
PaletteEntry choice_entry(const PanelContext& context, const std::string& key,
                          const std::string& kind) {
  PaletteEntry entry = entry_of(context, key, kind);
  add_folded(entry, folded_in_all_languages(context, kind));
  return entry;
}

void add_commands(const PanelContext& context, std::vector<PaletteEntry>& entries) {
  for (const CommandRow& row : commands()) {
    if (row.command == Command::kPalette || row.command == Command::kClose) {
      continue;
    }
    const std::string key = "shortcut." + std::string(row.name);
    PaletteEntry entry = entry_of(context, key);
    if (const auto view = beside_row(row.command)) {
      const std::string name = "shortcut." + std::string(view->name);
      entry.name =
          context.locale.text("panel.palette_beside", {{"view", context.locale.text(name)}});
      add_folded(entry, folded_in_all_languages(context, name));
    }
    entry.keys = keys_text(row, context.locale);
    entry.enabled = is_enabled(row.command, context);
    entry.run = row.run;
    entries.push_back(std::move(entry));
  }
}

void add_lessons(const PanelContext& context, std::vector<PaletteEntry>& entries) {
  for (const LessonEntry& lesson : context.lessons) {
    PaletteEntry entry{.name = lesson.title.in(context.session.look.language),
                       .kind = context.locale.text("panel.palette_lesson")};
    add_words(entry, lesson.id);
    for (const auto& [language, title] : lesson.title.by_language) {
      add_words(entry, title);
    }
    for (const auto& [language, summary] : lesson.summary.by_language) {
      add_words(entry, summary);
    }
    entry.run = [id = lesson.id](const PanelContext& now) {
      now.emit(session::action::Open{id});
      now.ui.keys = KeyFocus::kStage;
    };
    entries.push_back(std::move(entry));
  }
}

std::string_view name_of(session::Theme theme) {
  switch (theme) {
    case session::Theme::kDark:
      return "panel.palette_theme_dark";
    case session::Theme::kLight:
      return "panel.palette_theme_light";
    case session::Theme::kProjector:
      return "panel.palette_theme_projector";
    case session::Theme::kContrast:
      return "panel.palette_theme_contrast";
  }
  return {};
}

std::string_view name_of(lesson::Language language) {
  return language == lesson::Language::kRussian ? "panel.palette_language_ru"
                                                : "panel.palette_language_en";
}

// Each theme and language by its name; the commands go from one to the next.
void add_looks(const PanelContext& context, std::vector<PaletteEntry>& entries) {
  for (const auto& [word, theme] : session::kThemes) {
    PaletteEntry entry = entry_of(context, std::string(name_of(theme)));
    entry.enabled = context.session.look.theme != theme;
    entry.run = [theme = theme](const PanelContext& now) {
      now.emit(session::action::SetTheme{theme});
    };
    entries.push_back(std::move(entry));
  }
  for (const auto& [word, language] : lesson::kLanguages) {
    PaletteEntry entry =
        choice_entry(context, std::string(name_of(language)), "panel.palette_language");
    entry.enabled = context.session.look.language != language;
    entry.run = [language = language](const PanelContext& now) {
      now.emit(session::action::SetLanguage{language});
    };
    entries.push_back(std::move(entry));
  }
}

void add_recent_files(const PanelContext& context, std::vector<PaletteEntry>& entries) {
  for (const std::string& path : context.recent_files) {
    PaletteEntry entry{.name = path, .kind = context.locale.text("panel.palette_recent")};
    add_words(entry, path);
    entry.run = [path](const PanelContext& now) { now.emit(session::action::Open{path}); };
    entries.push_back(std::move(entry));
  }
}

void add_filters(const PanelContext& context, std::vector<PaletteEntry>& entries) {
  for (const lesson::FilterPreset& preset : lesson::filter_presets()) {
    PaletteEntry entry =
        choice_entry(context, "preset." + std::string(preset.word), "panel.palette_filter");
    entry.enabled = takes_preset(context, preset.kind);
    entry.run = [kind = preset.kind](const PanelContext& now) {
      choose_preset(now, kind);
      show_tab(now, InspectorTab::kFilter);
    };
    entries.push_back(std::move(entry));
  }
  for (const TransformChoice& choice : transform_choices()) {
    PaletteEntry entry =
        choice_entry(context, "panel." + std::string(choice.name), "panel.palette_filter");
    entry.enabled = takes_transform(context, choice.how);
    entry.run = [how = choice.how](const PanelContext& now) {
      transform_shown(now, how);
      show_tab(now, InspectorTab::kFilter);
    };
    entries.push_back(std::move(entry));
  }
}

void add_fills(const PanelContext& context, std::vector<PaletteEntry>& entries) {
  for (const FillChoice& choice : fill_choices()) {
    PaletteEntry entry =
        choice_entry(context, "panel." + std::string(choice.name), "panel.palette_fill");
    entry.run = [fill = choice.fill](const PanelContext& now) {
      fill_with(now, fill);
      show_tab(now, InspectorTab::kInput);
    };
    entries.push_back(std::move(entry));
  }
}

// A layer behind the one on stage, or another operator in its place.
void add_operators(const PanelContext& context, std::vector<PaletteEntry>& entries) {
  for (const conv::Operator* row : conv::all_operators()) {
    if (!session::takes_operator(context.session, row->op)) {
      continue;
    }
    const std::string name = class_of(context.session, row->op);
    PaletteEntry added{.name = name, .kind = context.locale.text("panel.palette_add_layer")};
    add_words(added, name);
    add_folded(added, folded_in_all_languages(context, "panel.palette_add_layer"));
    PaletteEntry changed{.name = name, .kind = context.locale.text("panel.palette_operator")};
    add_words(changed, name);
    add_folded(changed, folded_in_all_languages(context, "panel.palette_operator"));
    added.run = [op = row->op](const PanelContext& now) {
      now.emit(session::action::AddLayer{op, now.session.look.layer + 1});
      show_tab(now, InspectorTab::kLayer);
    };
    changed.enabled = session::layer_of(context.session).spec.op != row->op;
    changed.run = [op = row->op](const PanelContext& now) {
      now.emit(session::action::SetOperator{op});
      show_tab(now, InspectorTab::kLayer);
    };
    entries.push_back(std::move(added));
    entries.push_back(std::move(changed));
  }
}

// A setting's field gets the keyboard.
void add_settings(const PanelContext& context, std::vector<PaletteEntry>& entries) {
  if (context.empty) {
    return;
  }
  const lesson::Layer& layer = session::layer_of(context.session);
  for (const conv::Setting setting :
       conv::operator_of(layer.spec.op).settings_read(layer.one_dimensional)) {
    const std::string field(conv::name_of(setting));
    PaletteEntry entry{.name = field, .kind = context.locale.text("panel.palette_setting")};
    add_words(entry, field);
    add_folded(entry, folded_in_all_languages(context, "tip." + field));
    entry.run = [field](const PanelContext& now) {
      if (!now.inspector_shown) {
        now.ui.inspector_open = true;
      }
      now.ui.keys = KeyFocus::kInspector;
      now.ui.wanted_field = field;
    };
    entries.push_back(std::move(entry));
  }
}

// Numbers of what the inspector tells about, and programs.
void add_copies(const PanelContext& context, std::vector<PaletteEntry>& entries) {
  const std::string tensor = "numbers." + copied_words(context.ui.building.tab).within;
  for (CopyChoice& choice : copy_choices()) {
    const auto words = [&](const lesson::Locale& locale) {
      const lesson::TextValues values = {{"target", choice.name(locale)},
                                         {"tensor", locale.text(tensor)}};
      return locale.text(choice.numbers ? "numbers.palette" : "panel.palette_copy_as", values);
    };
    PaletteEntry entry{.name = words(context.locale)};
    for (const lesson::Locale& locale : context.languages) {
      add_words(entry, words(locale));
    }
    add_words(entry, entry.name);
    entry.enabled = can_copy(context);
    entry.run = [run = std::move(choice.run)](const PanelContext& now) {
      if (can_copy(now)) {
        run(now);
      }
    };
    entries.push_back(std::move(entry));
  }
}

bool is_word_start(std::string_view text, std::size_t at) {
  return at == 0 || std::string_view(" -_(«\"/:").find(text[at - 1]) != std::string_view::npos;
}

// 1: at the start of a word; 2: within one; nothing: not at all.
std::optional<int> place_of(std::string_view word, std::string_view text) {
  std::optional<int> best;
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    if (is_word_start(text, at)) {
      return 1;
    }
    best = 2;
  }
  return best;
}

// The word without its last letter, as long as enough of it is left to tell it from others: words
// have other endings in other places.
std::string_view stem_of(std::string_view word) {
  constexpr std::size_t kLeastLetters = 5;
  const auto is_inside = [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
  };
  const auto letters = static_cast<std::size_t>(
      std::ranges::count_if(word, [&](char byte) { return !is_inside(byte); }));
  if (letters < kLeastLetters) {
    return {};
  }
  std::size_t end = word.size() - 1;
  while (is_inside(word[end])) {
    --end;
  }
  return word.substr(0, end);
}

// The lower, the better; nothing: it does not match.
std::optional<int> rank_of(const PaletteEntry& entry, std::string_view typed) {
  const std::string name = folded(entry.name);
  int rank = name.starts_with(typed) ? 0 : 1;
  while (!typed.empty()) {
    const std::size_t end = std::min(typed.find(' '), typed.size());
    const std::string_view word = typed.substr(0, end);
    typed.remove_prefix(std::min(end + 1, typed.size()));
    if (word.empty()) {
      continue;
    }
    auto place = place_of(word, entry.words);
    if (const std::string_view stem = stem_of(word); !place && !stem.empty()) {
      place = place_of(stem, entry.words) == 1 ? std::optional(3) : std::nullopt;
    }
    if (!place) {
      return std::nullopt;
    }
    // What only explains a setting counts less than its name.
    const bool named = name.find(word) != std::string::npos;
    rank += 2 * *place + (named ? 0 : 1);
  }
  return rank;
}

}  // namespace

std::vector<PaletteEntry> palette_entries(const PanelContext& context) {
  std::vector<PaletteEntry> entries;
  add_commands(context, entries);
  add_copies(context, entries);
  add_looks(context, entries);
  add_lessons(context, entries);
  add_recent_files(context, entries);
  if (!context.empty) {
    add_filters(context, entries);
    add_fills(context, entries);
    add_operators(context, entries);
  }
  add_settings(context, entries);
  return entries;
}

std::vector<PaletteEntry> found_entries(std::vector<PaletteEntry> entries, std::string_view typed) {
  const std::string wanted = folded(typed);
  std::vector<std::pair<int, PaletteEntry>> ranked;
  for (PaletteEntry& entry : entries) {
    if (const auto rank = rank_of(entry, wanted)) {
      ranked.emplace_back(*rank, std::move(entry));
    }
  }
  std::ranges::stable_sort(ranked, {}, &std::pair<int, PaletteEntry>::first);
  std::vector<PaletteEntry> found;
  for (auto& [rank, entry] : ranked) {
    found.push_back(std::move(entry));
  }
  return found;
}

std::string folded(std::string_view utf8) {
  std::string text;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    const auto next = static_cast<unsigned char>(i + 1 < utf8.size() ? utf8[i + 1] : 0);
    const auto letter = static_cast<unsigned>((byte & 0x1F) << 6 | (next & 0x3F));
    const bool two_bytes = (byte == 0xD0 || byte == 0xD1) && (next & 0xC0) == 0x80;
    if (byte >= 'A' && byte <= 'Z') {
      text += static_cast<char>(byte - 'A' + 'a');
    } else if (!two_bytes) {
      text += utf8[i];
    } else {
      unsigned lower = letter;
      if (letter >= 0x410 && letter <= 0x42F) {  // А to Я
        lower = letter + 0x20;
      } else if (letter == 0x401 || letter == 0x451) {  // Ё, ё
        lower = 0x435;
      }
      text += static_cast<char>(0xC0 | lower >> 6);
      text += static_cast<char>(0x80 | (lower & 0x3F));
      ++i;
    }
  }
  return text;
}

std::string folded_in_all_languages(const PanelContext& context, const std::string& key) {
  std::string text = folded(context.locale.text(key));
  for (const lesson::Locale& locale : context.languages) {
    if (locale.language() != context.locale.language()) {
      text += " " + folded(locale.text(key));
    }
  }
  return text;
}

}  // namespace convscope::panels
