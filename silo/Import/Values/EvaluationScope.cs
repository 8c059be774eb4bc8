using MallVip.Silo.Import.Rows;

namespace MallVip.Silo.Import.Values;

/// <summary>What a value of the map is computed from: the rows of a group, or one row.</summary>
internal sealed class EvaluationScope(TimeReader times)
{
    /// <summary>All rows of the group, at least one.</summary>
    public IReadOnlyList<Row> Group { get; private set; } = [];

    /// <summary>
    /// The row that columns are read from: the first, or under <c>each</c> the one whose turn it is.
    /// </summary>
    public Row Current { get; set; } = null!;

    public TimeReader Times => times;

    /// <summary>The first reason why no line can be made; null while all is well.</summary>
    public RowFault? Fault { get; private set; }

    /// <summary>The row the fault was found in.</summary>
    public Row? FaultRow { get; private set; }

    public void Enter(IReadOnlyList<Row> group)
    {
        Group = group;
        Current = group[0];
        Fault = null;
        FaultRow = null;
    }

    /// <summary>
    /// Only the first fault is kept; what is written after it is thrown away by the caller.
    /// </summary>
    public void Fail(RowFault? fault)
    {
        if (fault is null || Fault is not null)
            return;
        Fault = fault;
        FaultRow = Current;
    }

    public void Fail(string code, string reason) => Fail(new RowFault(code, reason));
}
