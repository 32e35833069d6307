@org.jspecify.annotations.NullMarked
package dev.dopi.sql;
