#!/usr/bin/env python3
"""Builds one static page of every lesson's pictures, each with the command that made it.

gallery.py PROGRAM FOLDER [--page-only]    --page-only: the page without its pictures

The page needs no network and no library; its pictures stand beside it.
"""
import html
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

LESSONS = Path(__file__).resolve().parents[2] / "assets" / "lessons"

# Lessons that are worth seeing in motion, short enough for a page.
MOVING = {"cross-5x5": "--steps 0:3", "stride": "--steps 0:3", "template-match": "--steps 0:3"}

# Lessons whose tensors are also shown alone, as figures have them.
ALONE = {"cross-5x5": ("input", "map")}

HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Convscope: the lessons in pictures</title>
<style>
  body { margin: 0 auto; max-width: 1200px; padding: 24px; background: #fff; color: #1b2430;
         font: 16px/1.5 Inter, system-ui, sans-serif; }
  section { margin: 40px 0; }
  h2 { margin: 0; font-size: 20px; }
  h3 { margin: 0 0 4px; font-size: 14px; font-weight: 500; }
  p { margin: 4px 0 12px; color: #4a5666; }
  .pictures { display: grid; align-items: end; grid-template-columns: repeat(auto-fill, minmax(340px, 1fr)); gap: 20px; }
  figure { margin: 0; min-width: 0; }
  img { width: 100%; aspect-ratio: 16 / 9; object-fit: contain; border: 1px solid #d8dee6; border-radius: 4px; }
  figcaption { display: flex; gap: 8px; align-items: center; }
  code { flex: 1; min-width: 0; overflow-wrap: anywhere; font: 12px/1.4 "JetBrains Mono", monospace; }
  button { font: inherit; font-size: 13px; border: 1px solid #aab4c0; border-radius: 4px;
           background: #f4f6f9; cursor: pointer; }
  button:focus-visible { outline: 2px solid #2f6fd0; }
</style>
</head>
<body>
<h1>The lessons in pictures</h1>
<p>Under each picture stands the command that made it.</p>
"""

FOOT = """<script>
for (const button of document.querySelectorAll("button")) {
  button.addEventListener("click", async () => {
    const code = button.parentElement.querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {  // without permission it is at least selected
      getSelection().selectAllChildren(code);
    }
  });
}
</script>
</body>
</html>
"""


def english(text):
    return text["en"] if isinstance(text, dict) else text


def pictures_of(lesson):
    """A title and the arguments of the command that draws it, for each picture of a lesson."""
    scenes = json.loads((LESSONS / f"{lesson}.json").read_text(encoding="utf-8"))["scenes"]
    pictures = []
    for number, scene in enumerate(scenes, 1):
        option = f" --scene {number}" if number > 1 else ""
        name = f"{lesson}-{number}" if number > 1 else lesson
        command = f"render {lesson}{option} --step last --theme light --size 960x540 --out {name}.svg"
        pictures.append((english(scene.get("title", "")), command.split()))
    if lesson in MOVING:
        command = f"render {lesson} {MOVING[lesson]} --theme light --size 640x360 --fps 15 --out {lesson}.gif"
        pictures.append(("In motion", command.split()))
    for what in ALONE.get(lesson, ()):
        command = (f"render {lesson} --what {what} --step 4 --style print --size 400x400 "
                   f"--out {lesson}-{what}.svg")
        pictures.append((f"The {what} alone", command.split()))
    return pictures


def figure(title, command):
    words = html.escape(" ".join(["convscope", *command]))
    title = html.escape(title)
    above = f"<h3>{title}</h3>" if title else ""
    return (f'<figure>{above}<img src="{html.escape(command[-1])}" alt="{title}" loading="lazy">'
            f"<figcaption><code>{words}</code><button>Copy</button></figcaption></figure>")


def page(lessons):
    sections = []
    for lesson in lessons:
        figures = "\n".join(figure(*picture) for picture in pictures_of(lesson["id"]))
        sections.append(f'<section id="{html.escape(lesson["id"])}">\n<h2>{html.escape(lesson["title"])}</h2>\n'
                        f'<p>{html.escape(lesson["summary"])}</p>\n'
                        f'<div class="pictures">\n{figures}\n</div>\n</section>\n')
    return HEAD + "".join(sections) + FOOT


def main():
    page_only = "--page-only" in sys.argv
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    if len(words) != 2:
        sys.exit(__doc__)
    program, folder = str(Path(words[0]).resolve()), Path(words[1])
    folder.mkdir(parents=True, exist_ok=True)
    listed = subprocess.run([program, "lessons", "--format", "json", "--lang", "en"], check=True,
                            capture_output=True, text=True).stdout
    lessons = json.loads(listed)
    (folder / "index.html").write_text(page(lessons), encoding="utf-8")
    if page_only:
        return

    def draw(command):
        done = subprocess.run([program, *command], cwd=folder, capture_output=True, text=True)
        return done.stderr if done.returncode else ""

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        failures = [line for line in pool.map(
            draw, [command for lesson in lessons for _, command in pictures_of(lesson["id"])]) if line]
    sys.stderr.writelines(failures)
    print(folder / "index.html")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
