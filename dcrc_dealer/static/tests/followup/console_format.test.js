import { beforeEach, describe, expect, mockDate, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { makeMockEnv } from "@web/../tests/web_test_helpers";
import {
    formatClock,
    formatDue,
    formatMoment,
    formatNumber,
    formatPhone,
    formatTimer,
} from "@dcrc_dealer/followup/console/console_format";

describe.current.tags("headless");
defineMailModels();
beforeEach(async () => {
    mockDate("2026-10-14 02:00:00", 0);
    await makeMockEnv();
});

test("numbers are read as people say them", () => {
    expect(formatPhone("+8613800138000")).toBe("138 0013 8000");
    expect(formatPhone("+862367001122")).toBe("023 67001122");
    expect(formatPhone("+85223456789")).toBe("+85223456789");
    expect(formatPhone(false)).toBe("");
});

test("the timer shows hours only when there are some", () => {
    expect(formatTimer(5)).toBe("00:05");
    expect(formatTimer(161)).toBe("02:41");
    expect(formatTimer(3601)).toBe("1:00:01");
});

test("due days in words", () => {
    expect(formatDue("2026-10-14", false)).toBe("by today");
    expect(formatDue("2026-10-15", false)).toBe("by tomorrow");
    expect(formatDue("2026-10-13", true)).toBe("1 day late");
    expect(formatDue("2026-10-11", true)).toBe("3 days late");
    expect(formatDue(false, false)).toBe("");
});

test("moments told from today", () => {
    expect(formatMoment("2026-10-14 06:30:00")).toBe("06:30 today");
    expect(formatMoment("2026-10-15 01:00:00")).toBe("01:00 tomorrow");
    expect(formatMoment("2026-10-13 01:00:00")).toBe("01:00 yesterday");
    expect(formatClock("2026-10-14 06:30:00")).toBe("06:30");
});

test("thousands are marked", () => {
    expect(formatNumber(12345)).toBe("12,345");
});
