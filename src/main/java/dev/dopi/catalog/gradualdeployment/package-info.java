/** The pattern gradual-deployment. */
@org.jspecify.annotations.NullMarked
package dev.dopi.catalog.gradualdeployment;
