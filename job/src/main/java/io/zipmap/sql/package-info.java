/**
 * The data source {@code zipmap}: archives as tables of Spark SQL, by default with one table row for each array row.
 *
 * <p>Begin with {@link io.zipmap.sql.ZipmapSource}. It makes a {@code ZipmapTable}, whose inventory of arrays is owned
 * by {@code sql.catalog} and refreshed by each query. {@code ZipmapScanBuilder} takes over what it can of a query, with
 * {@code sql.pushdown}, and builds one of four scans: {@code BatchScan} reads rows, {@code AggregateScan} aggregates
 * slices and groups of rows, {@code CountScan} counts from headers, {@code FailedScan} reports an error. Scans stay on
 * the driver; {@code ScanRefresh} renews their partitions if Spark runs a plan again after archives have changed.
 *
 * <p>{@link io.zipmap.sql.ZipmapCatalog} makes the same tables for statements that name a path.
 * {@link io.zipmap.sql.ZipmapExtensions} adds to a session what no data source can: {@code BufferAggregation} plans
 * standard deviations as an {@code AggregateScan}, {@code GlobalAggregation} plans aggregates without groups in one
 * job, {@code HiddenColumnsRule} finds hidden columns of views.
 *
 * <p>The table {@code arrays}, with one row for each array, has a builder, a scan and a reader of its own, the classes
 * {@code LiveArray*}.
 *
 * <p>In a task, {@code BatchReader} or {@code AggregateReader} owns the open arrays of one row group at a time and
 * closes them. {@code RowBatches} owns the buffers of one batch, about 128 KiB; a {@code RowAggregator} adds its rows.
 * {@code sql.vector} shows buffers to Spark as columns.
 */
@NullMarked
package io.zipmap.sql;

import org.jspecify.annotations.NullMarked;
