/** Memory that a thread uses again; the one place of the core that knows of threads (ADR 9). */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.spare;
