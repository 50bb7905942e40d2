#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "app/cli/front.h"
#include "app/files/lesson_file.h"

namespace convscope::cli {
namespace {

struct LessonRow {
  std::string id;
  std::string title;
  std::string summary;
  std::string unit;          // of the course; empty: none
  std::int64_t minutes = 0;  // 0: homework
};

// The unit that a lesson belongs to, and how long it takes.
void place_in_course(const lesson::Course& course, lesson::Language language, LessonRow& row) {
  for (const lesson::CourseUnit& unit : course.units) {
    const auto place = std::ranges::find(unit.lessons, row.id, &lesson::CourseLesson::id);
    if (place != unit.lessons.end()) {
      row.unit = unit.title.in(language);
      row.minutes = place->minutes;
    }
  }
}

std::vector<LessonRow> entries_in(lesson::Language language) {
  const lesson::Course course = files::bundled_course();
  std::vector<LessonRow> entries;
  for (const std::string& id : files::bundled_lesson_ids()) {
    const lesson::Heading heading = files::bundled_heading(id);
    entries.push_back({id, heading.title.in(language), heading.summary.in(language), ""});
    place_in_course(course, language, entries.back());
  }
  return entries;
}

std::string as_json(const std::vector<LessonRow>& entries) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const LessonRow& entry : entries) {
    list.push_back({{"id", entry.id}, {"title", entry.title}, {"summary", entry.summary}});
    if (!entry.unit.empty()) {
      list.back()["unit"] = entry.unit;
      list.back()["minutes"] = entry.minutes;
    }
  }
  return list.dump(2);
}

// Counts a code point as one column, which is right for Latin and Cyrillic.
std::size_t columns(const std::string& utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, columns(text)), ' ');
}

}  // namespace

void list_lessons(const command::Lessons& what, const Look& look, std::ostream& out) {
  const std::vector<LessonRow> entries = entries_in(look.language);
  if (what.format == OutputFormat::kJson) {
    out << as_json(entries) << "\n";
    return;
  }
  std::size_t id_width = 0;
  std::size_t title_width = 0;
  std::size_t unit_width = 0;
  for (const LessonRow& entry : entries) {
    id_width = std::max(id_width, columns(entry.id));
    title_width = std::max(title_width, columns(entry.title));
    unit_width = std::max(unit_width, columns(entry.unit));
  }
  for (const LessonRow& entry : entries) {
    out << padded(entry.id, id_width + 2) << padded(entry.title, title_width + 2)
        << padded(entry.unit, unit_width + 2) << entry.summary << "\n";
  }
}

}  // namespace convscope::cli
