namespace MallVip.Grains.Batches;

/// <summary>How fast a list is carried out, or taken back, since this silo has begun with it. Lives in its
/// grain's turns.</summary>
internal sealed class BatchPace
{
    private BatchStatus _doing;
    private DateTimeOffset _since;
    private DateTimeOffset _until;
    private long _rows;

    /// <summary>Rows a second; null: no page has ended yet.</summary>
    public double? Rate => _rows > 0 && _until > _since ? _rows / (_until - _since).TotalSeconds : null;

    /// <summary>A page begins.</summary>
    public void Begin(BatchStatus doing, DateTimeOffset now)
    {
        if (_doing != doing)
            (_doing, _since, _until, _rows) = (doing, now, now, 0);
    }

    /// <summary>A page is done.</summary>
    public void End(int rows, DateTimeOffset now) => (_rows, _until) = (_rows + rows, now);
}
