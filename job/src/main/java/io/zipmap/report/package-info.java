/**
 * The page that a run leaves: one HTML file that shows what the run did and what its memory was, and needs no network.
 *
 * <p>Begin with {@link io.zipmap.report.RunReport}. It joins what the run knows of itself, {@code RunFacts}, and what
 * its processes measured, {@code MemoryTimeline}, and writes them as JSON. {@code *Json} classes write one part each.
 * {@code MemorySentence} says in one sentence what the memory was. {@code ReportPage} puts the JSON into the template
 * in the resources {@code page.html}, {@code page.css} and {@code page.js}, which draw it. {@code ReportFile} takes the
 * JSON out of a page and renders it with the newest template.
 */
@NullMarked
package io.zipmap.report;

import org.jspecify.annotations.NullMarked;
