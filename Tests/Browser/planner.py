"""Uses the planner's pages in headless Chromium as a planner would, and fails on any console error.

usage: planner.py PATH/TO/granary

Starts `granary serve` on a free port with a workspace of its own, opens the pages in both languages, is refused a
wrong lever, starts a short run, follows it to its end, and opens report, suggestions, comparison and downloads.
"""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.ui import Select, WebDriverWait

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUN_TIMEOUT = 300


class Server:
    """`granary serve` as a child process; its address comes from what it says on standard error."""

    def __init__(self, program, folder):
        self.log = open(folder / "serve.log", "w+")
        self.process = subprocess.Popen(
            [program, "serve", "--port", str(free_port()), "--workspace", str(folder / "workspace.sqlite"),
             "--scenarios", str(ROOT / "scenarios")],
            stdout=self.log, stderr=self.log, cwd=ROOT)
        self.address = self.wait_for_address()

    def text(self):
        self.log.flush()
        return pathlib.Path(self.log.name).read_text()

    def wait_for_address(self):
        for _ in range(300):
            found = re.search(r"http://[0-9.]+:(\d+)/", self.text())
            if found:
                return found.group(0).rstrip("/")
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.stop()
        sys.exit("the server did not start:\n" + self.text())

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()


def free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def browser():
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1600"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = shutil.which("chromedriver") or "/usr/bin/chromedriver"
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))


class Visit:
    """One walk through the pages; collects what is wrong."""

    def __init__(self, driver, address):
        self.driver = driver
        self.address = address
        self.expected = set()
        self.faults = []

    def check(self, holds, words):
        if not holds:
            self.faults.append(f"{words} ({self.driver.current_url})")

    def open(self, path, expected_status=200):
        self.driver.get(self.address + path)
        self.read_console(expected_status)

    def follow(self, element, expected_status=200):
        """Clicks what leads to another page and waits for it: first the old page goes, then the new one is whole."""
        page = self.driver.find_element(By.TAG_NAME, "html")
        element.click()
        WebDriverWait(self.driver, 60).until(expected_conditions.staleness_of(page))
        WebDriverWait(self.driver, 60).until(
            lambda driver: driver.execute_script("return document.readyState") == "complete")
        self.read_console(expected_status)

    def read_console(self, expected_status=200):
        # The browser may log a refused form a moment after the page has loaded: once expected, always expected.
        if expected_status != 200:
            self.expected.add(expected_status)
        for entry in self.driver.get_log("browser"):
            # A page that is refused on purpose is reported by the browser as a failed load.
            if any(f"status of {status}" in entry["message"] for status in self.expected):
                continue
            if entry["level"] in ("SEVERE", "WARNING"):
                self.faults.append(f"console: {entry['message']} ({self.driver.current_url})")

    def text(self):
        return self.driver.find_element(By.TAG_NAME, "body").text

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def fill(self, path, value):
        field = self.driver.find_element(By.NAME, path)
        if field.tag_name == "select":
            Select(field).select_by_value(value)
        else:
            field.clear()
            field.send_keys(value)

    def start(self, expected_status=200):
        self.follow(self.find("form[action='/runs'] button"), expected_status)


def pages_in_both_languages(visit):
    visit.open("/?lang=en")
    visit.check("There is no run yet" in visit.text(), "the empty list does not say so")
    visit.follow(visit.find("header a[hreflang='zh-CN']"))
    visit.check("还没有运行" in visit.text(), "the page did not change to Chinese")
    visit.open("/new")
    visit.check("开始运行" in visit.text(), "the language was not remembered")
    labels = visit.driver.find_elements(By.CSS_SELECTOR, ".lever label")
    visit.check(len(labels) >= 12, "fewer than a dozen levers")
    visit.open("/new?lang=en")
    visit.check("Start the run" in visit.text(), "the page did not change to English")


def keyboard(visit):
    """The first tab stop is the way past the navigation, and every field can be reached by its label."""
    visit.open("/new?lang=en")
    from selenium.webdriver.common.keys import Keys

    visit.find("body").send_keys(Keys.TAB)
    visit.check(visit.driver.switch_to.active_element.get_attribute("class") == "skip", "no skip link comes first")
    for field in visit.driver.find_elements(By.CSS_SELECTOR, ".lever input, .lever select"):
        name = field.get_attribute("id")
        visit.check(visit.driver.find_elements(By.CSS_SELECTOR, f"label[for='{name}']"), f"{name} has no label")


def refused_lever(visit):
    visit.open("/new?lang=en&scenario=flagship")
    visit.fill("demand.volume", "plenty")
    visit.start(expected_status=422)
    wrong = visit.driver.find_elements(By.CSS_SELECTOR, ".lever .wrong")
    visit.check(len(wrong) == 1, "the wrong lever is not named beside its field")
    value = visit.driver.find_element(By.NAME, "demand.volume").get_attribute("value")
    visit.check(value == "plenty", "what was typed is gone")


def short_run(visit, volume, language):
    visit.open(f"/new?lang={language}&scenario=flagship")
    visit.fill("demand.volume", volume)
    visit.fill("replications", "2")
    visit.start()
    number = re.search(r"/runs/(\d+)", visit.driver.current_url)
    visit.check(number, "the form did not lead to the run")
    visit.check(visit.driver.find_elements(By.TAG_NAME, "progress"), "no progress is shown")
    WebDriverWait(visit.driver, RUN_TIMEOUT).until(
        lambda d: d.find_elements(By.CSS_SELECTOR, "main .status")
        and not d.find_elements(By.CSS_SELECTOR, "[data-follow]"))
    visit.read_console()
    visit.check(visit.driver.find_elements(By.CSS_SELECTOR, ".status.done"), "the run is not done: " + visit.text()[:600])
    visit.check(len(visit.driver.find_elements(By.CSS_SELECTOR, ".card")) >= 3, "no headline figures")
    return number.group(1) if number else "1"


def results(visit, first, second):
    visit.open(f"/runs/{first}/report")
    visit.check(visit.driver.find_elements(By.TAG_NAME, "h1"), "the report is empty")
    visit.check(visit.driver.find_elements(By.TAG_NAME, "table"), "the report has no table")
    visit.open(f"/runs/{first}/suggestions?lang=en")
    lines = visit.driver.find_elements(By.CSS_SELECTOR, "tbody th a")
    visit.check(lines, "no purchase suggestion")
    if lines:
        visit.follow(lines[0])
        visit.check("How the quantity came about" in visit.text(), "the suggestion is not explained")
        visit.fill("by", "Li Wei")
        visit.follow(visit.find("button[value='approved']"))
        visit.check(visit.driver.find_elements(By.CSS_SELECTOR, ".status.approved"), "the decision was not kept")
        visit.check("Li Wei" in visit.text(), "who decided is not told")
    visit.open("/")
    for box in visit.driver.find_elements(By.CSS_SELECTOR, "input[name='run']"):
        box.click()
    visit.follow(visit.find("form[action='/compare'] button"))
    visit.check(len(visit.driver.find_elements(By.CSS_SELECTOR, "tbody tr")) >= 3, "the comparison is empty")
    table = visit.driver.find_elements(By.CSS_SELECTOR, "thead th a")
    visit.check(len(table) == 3, "the comparison does not show both runs and a way to change the baseline")
    visit.open(f"/runs/{second}?lang=zh")
    visit.follow(visit.find("tbody th a"))
    visit.check(visit.driver.find_elements(By.CSS_SELECTOR, "tbody tr"), "a result table is empty")


def downloads(visit, number):
    for path, start in (
        (f"/runs/{number}/suggestions/xlsx", b"PK"), (f"/runs/{number}/export", b"PK"),
        (f"/runs/{number}/suggestions/csv", b"\xef\xbb\xbf"), ("/api/v1/openapi.json", b"{"),
    ):
        with urllib.request.urlopen(visit.address + path) as answer:
            visit.check(answer.read().startswith(start), f"{path} is not what it should be")
    with urllib.request.urlopen(f"{visit.address}/api/v1/runs/{number}") as answer:
        visit.check(json.load(answer)["status"] == "done", "the API does not know the run")


def foreign_names(visit):
    host, port = visit.address.removeprefix("http://").split(":")
    for headers, wanted in (
        ({"Host": "evil.example"}, 421), ({"Host": f"evil.example:{port}"}, 421), ({"Host": f"localhost:{port}"}, 200),
    ):
        connection = http.client.HTTPConnection(host, int(port))
        connection.putrequest("GET", "/api/v1/runs", skip_host=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        visit.check(connection.getresponse().status == wanted, f"{headers} was not answered with {wanted}")
        connection.close()


def main(program):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="granary-browser-"))
    server = Server(os.path.abspath(program), folder)
    driver = browser()
    visit = Visit(driver, server.address)
    try:
        pages_in_both_languages(visit)
        keyboard(visit)
        refused_lever(visit)
        first = short_run(visit, "2", "en")
        second = short_run(visit, "2.5", "zh")
        results(visit, first, second)
        downloads(visit, first)
        foreign_names(visit)
        visit.read_console()
    finally:
        driver.quit()
        server.stop()
    if server.process.returncode != 0:
        visit.faults.append(f"the server ended with {server.process.returncode}: {server.text()[-800:]}")
    shutil.rmtree(folder, ignore_errors=True)
    for fault in visit.faults:
        print(fault)
    print("planner: " + (f"{len(visit.faults)} faults" if visit.faults else "used from end to end without a fault"))
    return 1 if visit.faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
