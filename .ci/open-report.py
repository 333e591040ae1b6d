"""Opens reports in headless Chromium from disk and fails on a script error, a missing chart or a request outside.

usage: open-report.py REPORT.html ...
"""

import pathlib
import sys
import time

from selenium import webdriver
from selenium.webdriver.common.by import By


def browser():
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,2400"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))


def faults(driver, path):
    driver.get(path.resolve().as_uri())
    time.sleep(1.5)
    for entry in driver.get_log("browser"):
        if entry["level"] in ("SEVERE", "WARNING"):
            yield f"console: {entry['message']}"
    for entry in driver.get_log("performance"):
        if '"Network.requestWillBeSent"' in entry["message"] and '"url":"http' in entry["message"]:
            yield f"the page asks the network: {entry['message'][:200]}"
    if not driver.find_elements(By.TAG_NAME, "table"):
        yield "no table"
    canvases = driver.find_elements(By.TAG_NAME, "canvas")
    if not canvases:
        yield "no chart"
    for canvas in canvases:
        drawn = driver.execute_script(
            "const c = arguments[0]; if (!c.width || !c.height) return false;"
            "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v !== 0);",
            canvas,
        )
        if not drawn:
            yield f"chart {canvas.get_attribute('id')} is empty"


def main(paths):
    driver = browser()
    failed = False
    try:
        for path in map(pathlib.Path, paths):
            found = list(faults(driver, path)) if path.exists() else ["there is no such file"]
            print(f"{path}: {'; '.join(found) if found else 'opens without a fault'}")
            failed = failed or bool(found)
    finally:
        driver.quit()
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
