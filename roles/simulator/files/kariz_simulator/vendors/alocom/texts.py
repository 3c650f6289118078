# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's messages, Persian names to build believable people from, and Jalali dates."""

from __future__ import annotations

from datetime import date

UNAUTHENTICATED = "احراز هویت انجام نشده است. لطفا دوباره وارد شوید."
BAD_LOGIN = "نام کاربری یا رمز عبور اشتباه است."
LOGGED_OUT = "شما با موفقیت خارج شدید"
INVALID = "اطلاعات وارد شده صحیح نیست"
NOT_FOUND = "موردی با این مشخصات یافت نشد."
NO_ROUTE = "مسیر درخواست شده وجود ندارد."
METHOD = "متد {method} برای این مسیر پشتیبانی نمی شود. متدهای مجاز: {allowed}"

EVENT_CREATED = "رویداد با موفقیت ایجاد شد"
EVENT_UPDATED = "رویداد با موفقیت ویرایش شد"
EVENT_DELETED = "رویداد با موفقیت حذف شد"
EVENT_RUNNING = "امکان حذف رویداد وجود ندارد ."
ENROLLED = "sign in successfully"
MEMBERS_ADDED = "کاربران با موفقیت به رویداد اضافه شدند"
MEMBERS_REMOVED = "کاربران با موفقیت از رویداد حذف شدند"

USER_CREATED = "کاربر جدید توسط برگزار کننده ایجاد شد"
USER_UPDATED = "اطلاعات کاربر با موفقیت ویرایش شد"
USER_DELETED = "کاربر با موفقیت حذف شد."
USER_BUSY = "امکان حذف کاربر وجود ندارد."
USER_PASSWORD = "رمز عبور کاربر با موفقیت تغییر کرد."
IMPORTED = "ثبت نام کاربران بصورت گروهی با موفقیت انجام شد"

LABEL_CREATED = "برچسب با موفقیت ایجاد شد"
LABEL_UPDATED = "برچسب با موفقیت ویرایش شد."
LABEL_DELETED = "برچسب با موفقیت حذف شد."
LABEL_IN_USE = "برچسب در حال استفاده است."

PROFILE_UPDATED = "برگزار کننده با موفقیت توسط ادمین ویرایش شد"
PROFILE_PASSWORD = "رمز کاربر با موفقیت تغییر کرده."
AVATAR_KIND = "image only can jpg, jpeg, png"

REQUIRED = "فیلد {field} الزامی است."
WRONG = "فیلد {field} معتبر نیست."
TOO_SHORT = "فیلد {field} باید حداقل {limit} کاراکتر باشد."
TAKEN = "مقدار {field} قبلا انتخاب شده است."
UNKNOWN = "مقدار {field} انتخاب شده معتبر نیست."
UNCONFIRMED = "تکرار {field} با آن مطابقت ندارد."
NOT_A_FIELD = "فیلد {field} شناخته شده نیست."
WRONG_PASSWORD = "رمز عبور فعلی اشتباه است."
NO_IMPORT = "فایلی برای ثبت نام گروهی بارگذاری نشده است."
BAD_FILE = "فایل باید یکی از فرمت های xlsx, xls, csv باشد."
INACTIVE_SERVICE = "سرویس انتخاب شده فعال نیست."

NAMES = "زهرا علی مریم حسین فاطمه رضا نرگس امیر سارا محمد لیلا مهدی شیرین کاوه نیلوفر بهرام پریسا سینا ترانه یوسف".split()
SURNAMES = (
    "کریمی محمدی حسینی رضایی احمدی موسوی یزدانی کاظمی جعفری صادقی نوری شریفی "
    "قاسمی رستمی اکبری ملکی طاهری فرهادی بهرامی مرادی کیانی زارعی سلطانی"
).split()
TOPICS = ("ریاضی", "فیزیک", "شیمی", "زیست شناسی", "ادبیات فارسی", "زبان انگلیسی", "برنامه نویسی", "تاریخ", "هندسه", "آمار")


def jalali(day: date) -> str:
    """The day the way the vendor writes it: Jalali, without zeros in front (1400/5/9)."""
    # Days since 1 Farvardin 979; years of the 33-year cycle, then of the four-year one (Borkowski's short form).
    days = day.toordinal() - date(1600, 3, 20).toordinal()
    cycles, days = divmod(days, 12053)
    year = 979 + 33 * cycles
    fours, days = divmod(days, 1461)
    year += 4 * fours
    if days >= 366:
        years, days = divmod(days - 1, 365)
        year += years
    month, in_month = divmod(days, 31) if days < 186 else divmod(days - 186, 30)
    month += 1 if days < 186 else 7
    return f"{year}/{month}/{in_month + 1}"
