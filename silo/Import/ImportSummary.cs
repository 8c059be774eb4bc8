namespace MallVip.Silo.Import;

/// <summary>The figures an import ends with.</summary>
public sealed record ImportSummary
{
    /// <summary>Data rows of the CSV file.</summary>
    public long Rows { get; set; }

    /// <summary>Lines made from them.</summary>
    public long Mapped { get; set; }

    /// <summary>Rows from which no line was made because no <c>when</c> held.</summary>
    public long SkippedRows { get; set; }

    /// <summary>Rows the mapper rejected.</summary>
    public long RejectedRows { get; set; }

    /// <summary>Lines the sink accepted, an interrupted run's included.</summary>
    public long Accepted { get; set; }

    /// <summary>Lines the sink knew already.</summary>
    public long Duplicate { get; set; }

    /// <summary>Lines the sink rejected.</summary>
    public long RejectedLines { get; set; }

    /// <summary>Lines confirmed by an earlier run and not sent again.</summary>
    public long ResumedAt { get; set; }

    /// <summary>True unless the import was interrupted.</summary>
    public bool Complete { get; set; }

    /// <summary>The reject file, when there is one.</summary>
    public string? RejectFile { get; set; }
}
