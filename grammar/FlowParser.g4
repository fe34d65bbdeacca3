// Grammar of the flow language. It takes somewhat more than the language: known
// mistakes have alternatives of their own (marked `mistake`), which
// frontend/parse reports in the user's words. The parser is run a statement at
// a time (rules `…Head`, `statement`), so that one mistake costs one statement;
// `file` shows how the pieces fit. Contexts are read by their labels only: no
// parse tree is built.
parser grammar FlowParser;

options { tokenVocab = FlowLexer; }

file : sep* (item (sep+ item)* sep*)? EOF ;

item
  : edition=NAME INT
  | importDecl
  | testHead block
  | flowHead block
  | nodeHead (ASSIGN expr | block)
  | foreignHead
  | externDecl
  | schemaDecl
  | aliasDecl
  | nodeAliasDecl
  | statement
  ;

sep : NL | SEMI ;

// ---- declarations

importDecl : IMPORT (path=textLiteral | package=word) (AS alias=word)? ;
testHead   : NAME title=textLiteral ;
flowHead   : durable=NAME? FLOW name=word generic=typeParams? params=ports (ARROW results=flowResults)? ;
nodeHead   : NODE name=word generic=typeParams? params=ports (ARROW outputs=nodeOutputs)? ;
foreignHead : NODE name=word generic=typeParams? params=ports (ARROW outputs=nodeOutputs)?
              BY kind=NAME LPAREN (arguments+=foreignArgument (COMMA arguments+=foreignArgument)* COMMA?)? close=RPAREN
              attributes+=attribute* ;
foreignArgument : text=textLiteral | name=NAME COLON value=(INT | DURATION) ;
externDecl : pure=NAME? EXTERN NODE name=word generic=typeParams? params=ports
             (ARROW outputs=ports)? attributes+=attribute* ;
typeParams : LT names+=word (COMMA names+=word)* GT ;   // of a flow or a `node`: a mistake
schemaDecl : SCHEMA name=word (AS tag=textLiteral)? LBRACE (fields+=schemaField? (separators+=fieldSep fields+=schemaField?)*) RBRACE ;
aliasDecl  : NAME name=word ASSIGN type=typeExpr (by=NAME tag=textLiteral)? ;

nodeAliasDecl : NAME name=word ASSIGN (module=NAME DOT)? target=word (deprecated=NAME why=textLiteral)? ;

// A flow's arrow names keys; a lone type is a mistake unless it is a bare name.
flowResults : LPAREN (items+=flowResult (COMMA items+=flowResult)* COMMA?)? RPAREN
            | type=typeExpr ;
flowResult  : name=word (COLON type=typeExpr)? ;
nodeOutputs : list=ports | type=typeExpr ;

ports : LPAREN (items+=port (COMMA items+=port)* COMMA?)? RPAREN ;
port  : mark=(IN | NAME)? name=word COLON kind=NAME? type=typeExpr (ASSIGN value=valueOrType)? ;
// What looks like both is an expression; the checks know what is wanted.
valueOrType : value=expr | type=typeExpr ;

attribute    : name=NAME (LPAREN (arguments+=attributeArgument
                 (COMMA arguments+=attributeArgument)* COMMA?)? RPAREN)? ;
attributeArgument : first=word (DOT second=word)? | text=textLiteral | number=INT ;

schemaField : name=word COLON type=typeExpr (ASSIGN value=expr)? (AS wire=textLiteral)? ;
fieldSep    : NL | SEMI | COMMA ;

// ---- types

// Left-recursive, so that the bound on recursion counts it.
typeExpr : before=typeExpr BAR part=typePostfix | part=typePostfix ;
typePostfix : atom=typeAtom marks+=optionalMark* ;
optionalMark : QUESTION ;
typeAtom : (module=NAME DOT)? name=(NAME | UNAME | NODE)
           (LT arguments+=typeExpr (COMMA arguments+=typeExpr)* GT)?
         | name=NAME LPAREN callees+=NAME (COMMA callees+=NAME)* COMMA? RPAREN   // `call(f, g)`
         | text=textLiteral
         | LBRACK element=typeExpr RBRACK
         | LPAREN inner=typeExpr RPAREN ;

// ---- statements and stages

block : LBRACE statements+=statement? (sep statements+=statement?)* RBRACE ;

statement
  : LET name=word (COLON type=typeExpr)? ASSIGN value=expr tail=chainTail?
  | ret=RETURN (value=expr tail=chainTail?)?
  | label=NAME TO_ACTION action=actionName (ops+=chainOp stages+=stage)*
  | onError=ON_ERROR NAME body=block
  | test=ASSERT value=expr (COMMA why=expr)?
  | stub=STUB (module=NAME DOT)? target=NAME ASSIGN value=expr
  | cassette=CASSETTE path=textLiteral body=block
  | spread=ELLIPSIS value=expr (COMMA entries+=recordEntry?)*                // `{ ...e, f: v }`
  | stages+=stage ( op=(ASSIGN | OP_ASSIGN) value=expr tail=chainTail?
                  | colon=COLON value=expr (COMMA entries+=recordEntry?)*    // `{ "k": v }`
                  | (ops+=chainOp stages+=stage)* )
  ;

// mistake: a chain where an expression stands
chainTail : suffixes+=suffix+ (ops+=chainOp stages+=stage)* | (ops+=chainOp stages+=stage)+ ;

actionName : text=textLiteral | any=UNDERSCORE ;
chainOp    : first=GT second=GT NL? ;
// `if` and `match` are expressions; one that is a whole stage holds statements.
stage      : (leave=(END | BREAK | CONTINUE) | each=eachForm | parallel=parForm | repeat=repeatForm | value=expr)
             suffixes+=suffix* ;

eachForm   : EACH element=word (mistake=IN list=expr)? before=policies? body=block ;
parForm    : PAR before=policies? body=block ;
repeatForm : REPEAT (element=word IN list=expr)? before=policies? body=block (UNTIL until=expr)? ;

suffix
  : with=policies
  | kind=ARROW (key=word | LBRACE (bindings+=binding (COMMA bindings+=binding)* COMMA?)? RBRACE)
  | kind=AS label=word
  ;
policies : WITH LPAREN (items+=policy (COMMA items+=policy)* COMMA?)? RPAREN ;
policy   : name=word COLON value=expr ;
binding  : output=word COLON key=word ;

// ---- expressions, the tightest first

expr
  : left=expr post=postfix
  | op=MINUS right=expr
  | left=expr op=(STAR | SLASH | PERCENT) right=expr
  | left=expr op=(PLUS | MINUS) right=expr
  | left=expr op=COALESCE right=expr
  | left=expr (op=(EQ | NE | LT | LE | GE | IN) | op=GT NL?) right=expr
  | op=NOT right=expr
  | left=expr op=AND right=expr
  | left=expr op=OR right=expr
  | fn=lambdaHead right=expr
  | atom=primary
  ;

postfix
  : dot=DOT typeName=UNAME record=recordBody?
  | dot=(DOT | OPT_DOT) field=member
  | optional=QUESTION? LBRACK index=subscript RBRACK
  | LPAREN (arguments+=argument (COMMA arguments+=argument)* COMMA?)? close=RPAREN
  ;
subscript : from=expr (colon=COLON to=expr?)? | colon=COLON to=expr? ;
argument  : (name=word COLON)? value=valueOrType ;

lambdaHead : (param=NAME | LPAREN (params+=parameter (COMMA params+=parameter)* COMMA?)? RPAREN)
             FAT_ARROW ;
parameter : name=NAME ;

primary
  : literal=(INT | FLOAT | DURATION | TRUE | FALSE | NONE | NAME | POISON)
  | text=textLiteral
  | typeName=UNAME record=recordBody?
  | LPAREN inner=expr RPAREN
  | list=LBRACK (items+=expr (COMMA items+=expr)* COMMA?)? RBRACK
  | conditional=ifExpr
  | matching=matchExpr
  | braces=block
  ;

recordBody  : LBRACE (entries+=recordEntry (COMMA entries+=recordEntry)* COMMA?)? RBRACE ;
recordEntry : spread=ELLIPSIS value=expr | (name=word | text=textLiteral) COLON value=expr ;

ifExpr : IF conditions+=expr thens+=block (ELSE IF conditions+=expr thens+=block)*
         (ELSE otherwise=block)? ;

matchExpr : MATCH subject=expr LBRACE
            (arms+=matchArm (separators+=armSep arms+=matchArm)* COMMA?)? RBRACE ;
armSep    : NL | SEMI | COMMA ;
matchArm  : patterns+=pattern (BAR patterns+=pattern)* FAT_ARROW body=statement ;
pattern   : text=textLiteral
          | minus=MINUS? literal=INT
          | literal=(TRUE | FALSE | NONE | UNDERSCORE)
          | (module=NAME DOT)? type=UNAME bound=word?
          | call=NAME callee=NAME bound=word?                                // `call f x`
          | other=NAME                                                       // mistake
          ;

textLiteral
  : open=STR_OPEN parts+=templatePart* STR_CLOSE
  | open=BLOCK_OPEN parts+=templatePart* close=BLOCK_CLOSE
  | open=RAW_STR
  | open=RAW_BLOCK_OPEN parts+=templatePart* close=RAW_BLOCK_CLOSE
  ;
templatePart : text=(STR_TEXT | STR_ESCAPE) | INTERP_OPEN value=expr INTERP_CLOSE ;

// Reserved words are names after `.` and before `:`.
word : tok=UNAME | plain=member ;
member
  : tok=(NAME | FLOW | NODE | EXTERN | SCHEMA | IMPORT | AS | LET | IF | ELSE | MATCH | EACH | IN
        | PAR | REPEAT | UNTIL | BREAK | CONTINUE | RETURN | END | WITH | AND | OR | NOT | TRUE | FALSE | NONE
        | ASSERT)
  ;
