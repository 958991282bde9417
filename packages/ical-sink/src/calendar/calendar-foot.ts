/** What stands after the last component of a calendar. */
export const calendarFoot = 'END:VCALENDAR\r\n';
