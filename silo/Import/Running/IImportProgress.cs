namespace MallVip.Silo.Import.Running;

/// <summary>Shows how far the import is.</summary>
internal interface IImportProgress
{
    /// <summary>A new stage begins; the one before it has ended.</summary>
    void Begin(string stage, long total);

    /// <summary>How much of the stage's total is done.</summary>
    void Report(long done);
}
