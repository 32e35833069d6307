/** What the start script needs beside the program: a form of it that starts fast. Invariant: knows nothing of the program. */
@org.jspecify.annotations.NullMarked
package dev.dopi.launch;
