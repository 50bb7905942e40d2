#include "app/panels/commands/shortcuts.h"

#include <algorithm>
#include <utility>

namespace convscope::panels {
namespace {

bool matches(const KeyChord& chord, const InputEvent& event) {
  if (event.kind == InputEvent::Kind::kText) {
    return chord.character != 0 && chord.character == event.character;
  }
  return chord.key != Key::kNone && chord.key == event.key && chord.ctrl == event.modifiers.ctrl &&
         chord.shift == event.modifiers.shift && !event.modifiers.alt;
}

std::string key_name(Key key, const lesson::Locale& locale) {
  static constexpr std::pair<Key, const char*> kNames[] = {
      {Key::kLeft, "←"},        {Key::kRight, "→"},        {Key::kUp, "↑"},
      {Key::kDown, "↓"},        {Key::kPageUp, "PgUp"},    {Key::kPageDown, "PgDn"},
      {Key::kHome, "Home"},     {Key::kEnd, "End"},        {Key::kEscape, "Esc"},
      {Key::kLeftBracket, "["}, {Key::kRightBracket, "]"}, {Key::kF1, "F1"},
      {Key::kF5, "F5"},         {Key::kF11, "F11"},        {Key::kEnter, "Enter"},
      {Key::kMinus, "-"},       {Key::kEqual, "+"},
  };
  if (key == Key::kSpace) {
    return locale.text("shortcut.key_space");
  }
  for (const auto& [named, name] : kNames) {
    if (named == key) {
      return name;
    }
  }
  if (key >= Key::k0 && key <= Key::k9) {
    return std::string(1,
                       static_cast<char>('0' + static_cast<int>(key) - static_cast<int>(Key::k0)));
  }
  return std::string(1, static_cast<char>('A' + static_cast<int>(key) - static_cast<int>(Key::kA)));
}

}  // namespace

std::optional<Command> command_of(const InputEvent& event, const InputEvent* following,
                                  bool presenting) {
  if (following != nullptr && event.kind == InputEvent::Kind::kKey &&
      following->kind == InputEvent::Kind::kText && command_of(*following, nullptr, presenting)) {
    return std::nullopt;
  }
  const bool typed_text = event.kind == InputEvent::Kind::kText;
  const bool pressed = event.kind == InputEvent::Kind::kKey && event.down;
  if (!typed_text && !pressed) {
    return std::nullopt;
  }
  std::optional<Command> found;
  for (const CommandRow& row : commands()) {
    const bool silent =
        (event.repeat && !row.hearing.repeats) || (row.hearing.presenting_only && !presenting);
    const bool first = !found || row.hearing.presenting_only;
    if (!silent && first && std::ranges::any_of(row.chords, [&](const KeyChord& chord) {
          return matches(chord, event);
        })) {
      found = row.command;
    }
  }
  return found;
}

std::string chord_text(const KeyChord& chord, const lesson::Locale& locale) {
  if (chord.character != 0) {
    return std::string(1, static_cast<char>(chord.character));
  }
  return std::string(chord.ctrl ? "Ctrl+" : "") + (chord.shift ? "Shift+" : "") +
         key_name(chord.key, locale);
}

std::string keys_text(const CommandRow& command, const lesson::Locale& locale) {
  if (command.chords.empty()) {
    return "";
  }
  const std::string first = chord_text(command.chords.front(), locale);
  if (command.chords.size() == 1) {
    return first;
  }
  const bool range = command.chords.size() > 2;
  return first + (range ? " … " : ", ") + chord_text(command.chords.back(), locale);
}

std::string tooltip_text(Command command, const lesson::Locale& locale, const std::string& object) {
  const CommandRow& row = row_of(command);
  const std::string keys = keys_text(row, locale);
  return locale.text("shortcut." + std::string(row.name)) + (object.empty() ? "" : ": " + object) +
         (keys.empty() ? "" : "   " + keys);
}

std::string command_tip(const PanelContext& context, Command command) {
  const CommandRow& row = row_of(command);
  return tooltip_text(command, context.locale, row.object ? row.object(context) : "");
}

}  // namespace convscope::panels
