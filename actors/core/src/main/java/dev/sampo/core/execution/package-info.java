/** The application interface and the execution of final blocks (protocol 2.11). */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.execution;
