#include "app/panels/commands/shortcuts.h"

#include <algorithm>
#include <utility>

namespace convscope::panels {
namespace {

KeyChord key(Key key) { return {key, false, false, 0}; }
KeyChord shift(Key key) { return {key, false, true, 0}; }
KeyChord ctrl(Key key) { return {key, true, false, 0}; }
KeyChord ctrl_shift(Key key) { return {key, true, true, 0}; }
KeyChord typed(char32_t character) { return {Key::kNone, false, false, character}; }

std::vector<Shortcut> make_table() {
  return {
      {Command::kPlay, "play", {key(Key::kSpace)}, false},
      {Command::kNext, "next", {key(Key::kRight), key(Key::kPageDown)}, true},
      {Command::kPrevious, "previous", {key(Key::kLeft), key(Key::kPageUp)}, true},
      {Command::kNextRow, "next_row", {key(Key::kDown)}, true},
      {Command::kPreviousRow, "previous_row", {key(Key::kUp)}, true},
      {Command::kFirst, "first", {key(Key::kHome)}, false},
      {Command::kLast, "last", {key(Key::kEnd)}, false},
      {Command::kSlower, "slower", {key(Key::kLeftBracket)}, true},
      {Command::kFaster, "faster", {key(Key::kRightBracket)}, true},
      {Command::kLoop, "loop", {key(Key::kR)}, false},
      {Command::kGuided, "guided", {key(Key::kP)}, false},
      {Command::kGranularity, "granularity", {key(Key::kG)}, false, true},
      {Command::kViewFlat, "view_flat", {key(Key::k1)}, false, true},
      {Command::kViewVolume, "view_volume", {key(Key::k2)}, false, true},
      {Command::kViewStrip, "view_strip", {key(Key::k3)}, false, true},
      {Command::kViewNeuron, "view_neuron", {key(Key::k4)}, false, true},
      {Command::kViewMatrix, "view_matrix", {key(Key::k5)}, false, true},
      {Command::kViewDescent, "view_descent", {key(Key::k6)}, false, true},
      {Command::kViewCoverage, "view_coverage", {key(Key::k7)}, false, true},
      {Command::kViewReceptiveField, "view_receptive_field", {key(Key::k8)}, false, true},
      {Command::kBesideFlat, "beside", {shift(Key::k1)}, false, true},
      {Command::kBesideVolume, "beside", {shift(Key::k2)}, false, true},
      {Command::kBesideStrip, "beside", {shift(Key::k3)}, false, true},
      {Command::kBesideNeuron, "beside", {shift(Key::k4)}, false, true},
      {Command::kBesideMatrix, "beside", {shift(Key::k5)}, false, true},
      {Command::kBesideDescent, "beside", {shift(Key::k6)}, false, true},
      {Command::kBesideCoverage, "beside", {shift(Key::k7)}, false, true},
      {Command::kBesideReceptiveField, "beside", {shift(Key::k8)}, false, true},
      {Command::kBesideNone, "beside_none", {shift(Key::k0)}, false, true},
      {Command::kCode, "code", {key(Key::kK)}, false, true},
      {Command::kNextScene, "next_scene", {ctrl(Key::kPageDown)}, false},
      {Command::kPreviousScene, "previous_scene", {ctrl(Key::kPageUp)}, false},
      {Command::kNextFilter, "next_filter", {key(Key::kF)}, true, true},
      {Command::kZoomIn, "zoom_in", {typed(U'+'), typed(U'=')}, true, true},
      {Command::kZoomOut, "zoom_out", {typed(U'-')}, true, true},
      {Command::kFit, "fit", {key(Key::k0)}, false, true},
      {Command::kUndo, "undo", {ctrl(Key::kZ)}, true},
      {Command::kRedo, "redo", {ctrl_shift(Key::kZ), ctrl(Key::kY)}, true},
      {Command::kOpen, "open", {ctrl(Key::kO)}, false},
      {Command::kSave, "save", {ctrl(Key::kS)}, false},
      {Command::kSaveAs, "save_as", {ctrl_shift(Key::kS)}, false},
      {Command::kExport, "export", {ctrl(Key::kE)}, false},
      {Command::kCopy, "copy", {ctrl(Key::kC)}, false},
      {Command::kLanguage, "language", {key(Key::kL)}, false},
      {Command::kTheme, "theme", {key(Key::kT)}, false},
      {Command::kLessons, "lessons", {key(Key::kM)}, false},
      {Command::kInspector, "inspector", {key(Key::kI)}, false},
      {Command::kHelp, "help", {typed(U'?'), key(Key::kF1)}, false},
      {Command::kClose, "close", {key(Key::kEscape)}, false},
      {Command::kQuit, "quit", {ctrl(Key::kQ)}, false},
  };
}

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

std::span<const Shortcut> shortcuts() {
  static const std::vector<Shortcut> kTable = make_table();
  return kTable;
}

std::optional<Command> command_of(const InputEvent& event, const InputEvent* following) {
  if (following != nullptr && event.kind == InputEvent::Kind::kKey &&
      following->kind == InputEvent::Kind::kText && command_of(*following)) {
    return std::nullopt;
  }
  const bool typed_text = event.kind == InputEvent::Kind::kText;
  const bool pressed = event.kind == InputEvent::Kind::kKey && event.down;
  if (!typed_text && !pressed) {
    return std::nullopt;
  }
  for (const Shortcut& shortcut : shortcuts()) {
    if (event.repeat && !shortcut.repeats) {
      continue;
    }
    if (std::ranges::any_of(shortcut.chords,
                            [&](const KeyChord& chord) { return matches(chord, event); })) {
      return shortcut.command;
    }
  }
  return std::nullopt;
}

std::string chord_text(const KeyChord& chord, const lesson::Locale& locale) {
  if (chord.character != 0) {
    return std::string(1, static_cast<char>(chord.character));
  }
  return std::string(chord.ctrl ? "Ctrl+" : "") + (chord.shift ? "Shift+" : "") +
         key_name(chord.key, locale);
}

std::string keys_text(const Shortcut& shortcut, const lesson::Locale& locale) {
  const std::string first = chord_text(shortcut.chords.front(), locale);
  if (shortcut.chords.size() == 1) {
    return first;
  }
  const bool range = shortcut.chords.size() > 2;
  return first + (range ? " … " : ", ") + chord_text(shortcut.chords.back(), locale);
}

std::string tooltip_text(Command command, const lesson::Locale& locale) {
  const auto table = shortcuts();
  const auto found = std::ranges::find(table, command, &Shortcut::command);
  return locale.text("shortcut." + std::string(found->label)) + "   " + keys_text(*found, locale);
}

}  // namespace convscope::panels
