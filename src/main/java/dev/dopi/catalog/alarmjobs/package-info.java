/** How several jobs share the one alarm of an object. No pattern itself: patterns use it, and it knows none of them. */
@org.jspecify.annotations.NullMarked
package dev.dopi.catalog.alarmjobs;
